package proteus.bootstrap.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import proteus.bootstrap.config.Flag;
import proteus.bootstrap.config.Heading;
import proteus.bootstrap.config.Source;
import proteus.bootstrap.config.Suggestion;

/**
 * The flags of a configuration as options of a command.
 *
 * <p>Picocli splits the words and shows the help; the values are read with those of the other sources, so that all that
 * is wrong is told at once.
 */
final class FlagOptions {

    /** What stands for a value where none is written. */
    private static final String WITHOUT_VALUE = "true";

    private final List<Flag<?>> flags;

    FlagOptions(List<Flag<?>> flags) {
        this.flags = List.copyOf(flags);
    }

    /** Gives {@code command} an option for every flag. */
    void addTo(CommandSpec command) {
        Map<Heading, ArgGroupSpec.Builder> groups = new EnumMap<>(Heading.class);
        for (Flag<?> flag : flags) {
            groups.computeIfAbsent(flag.heading(), FlagOptions::group).addArg(option(flag));
        }
        int order = 0;
        for (ArgGroupSpec.Builder group : groups.values()) {
            command.addArgGroup(group.order(order++).build());
        }
        command.usageMessage().abbreviateSynopsis(true).sortOptions(false);
        // Wrong words are told together with wrong values, and not one after another.
        command.parser().collectErrors(true);
    }

    private static ArgGroupSpec.Builder group(Heading heading) {
        return ArgGroupSpec.builder().validate(false).heading("%n" + heading.text() + ":%n");
    }

    private static OptionSpec option(Flag<?> flag) {
        String[] names = Stream.concat(flag.otherNames().stream(), Stream.of(flag.option()))
                .toArray(String[]::new);
        OptionSpec.Builder option = OptionSpec.builder(names)
                .paramLabel(flag.label())
                .description(flag.description().replace("%", "%%").replace("\n", "%n"));
        return switch (flag.shape()) {
            case SWITCH -> option.type(boolean.class).arity("0").build();
            case ONE -> option.type(String.class).arity("1").build();
            case MAYBE ->
                option.type(String.class)
                        .arity("0..1")
                        .fallbackValue(WITHOUT_VALUE)
                        .build();
            case MANY ->
                option.type(List.class).auxiliaryTypes(String.class).arity("1").build();
        };
    }

    /** What the command line said, as it was written, with what picocli found wrong. */
    Source read(ParseResult parsed) {
        Map<String, List<Source.Given>> values = new HashMap<>();
        for (Flag<?> flag : flags) {
            if (parsed.hasMatchedOption(flag.option())) {
                List<String> texts = parsed.matchedOption(flag.option()).stringValues();
                values.put(
                        flag.name(),
                        (texts.isEmpty() ? List.of(WITHOUT_VALUE) : texts)
                                .stream()
                                        .map(text -> new Source.Given(text, flag.option()))
                                        .toList());
            }
        }
        List<String> problems = new ArrayList<>();
        for (Exception error : parsed.errors()) {
            if (!(error instanceof ParameterException)) {
                throw new IllegalStateException("picocli cannot read the command line", error);
            }
            problems.add(text(error));
        }
        return new Source(values, problems);
    }

    private static String text(Exception error) {
        String text = String.valueOf(error.getMessage());
        // picocli suggests several, the likest of which need not come first.
        return error instanceof UnmatchedArgumentException unmatched
                ? text + Suggestion.after(unmatched.getUnmatched().getFirst(), unmatched.getSuggestions())
                : text;
    }
}
