package proteus.bootstrap.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment variables as a source: {@code PROTEUS_MAX_NUM_PEERS=20}, lists with commas, switches true or false. */
final class Environment {

    /** Variables that are read before Java starts. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("PROTEUS_JAVA_OPTS", "PROTEUS_VECTORS", "PROTEUS_BUILD");

    private Environment() {}

    static Source read(Map<String, String> environment) {
        Map<String, Flag<?>> known = Flags.all().stream().collect(Collectors.toMap(Flag::variable, flag -> flag));
        Map<String, List<Source.Given>> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        // In order, so that problems come in the same order every time.
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (!variable.startsWith(Flag.VARIABLE_PREFIX) || OF_THE_LAUNCHER.contains(variable) || text.isEmpty()) {
                return;
            }
            Optional.ofNullable(known.get(variable))
                    .ifPresentOrElse(
                            flag -> values.put(flag.name(), given(flag, text)),
                            () -> problems.add(variable + ": there is no such setting"
                                    + Suggestion.after(variable, known.keySet())));
        });
        return new Source(values, problems);
    }

    private static List<Source.Given> given(Flag<?> flag, String text) {
        List<String> texts = switch (flag.shape()) {
            case MANY -> Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            case SWITCH, ONE, MAYBE -> List.of(text);
        };
        return texts.stream()
                .map(each -> new Source.Given(each, flag.variable()))
                .toList();
    }
}
