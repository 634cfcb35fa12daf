package proteus.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All sources together: what was said last of each flag counts, and every value is read, whether it counts or not. */
final class Settings {

    private final List<Source> sources;
    private final Set<String> problems = new LinkedHashSet<>();

    /**
     * Of all sources.
     *
     * @param sources those that win first
     */
    Settings(List<Source> sources) {
        this.sources = List.copyOf(sources);
        for (Source source : sources) {
            problems.addAll(source.problems());
            for (Flag<?> flag : Flags.all()) {
                given(source, flag).forEach(given -> read(flag, given));
            }
        }
    }

    /**
     * A value and where it was written.
     *
     * @param value as the flag's kind reads it
     * @param text as it was written
     * @param origin the flag, the variable, or the line of the file
     */
    record Read<T>(T value, String text, String origin) {}

    /** Adds what is wrong beyond single values. */
    void problem(String text) {
        problems.add(text);
    }

    /** What is wrong, in the order in which it was found. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Whether a switch is on. */
    boolean isOn(Flag<Boolean> flag) {
        return value(flag).orElse(false);
    }

    /** The value of a flag; empty also if it cannot be read, which is a problem already. */
    <T> Optional<T> value(Flag<T> flag) {
        return values(flag).stream().map(Read::value).findFirst();
    }

    /** The same of a number that an {@code int} holds, or what it is if the operator says nothing. */
    int number(Flag<Long> flag, int unsaid) {
        return value(flag).map(Math::toIntExact).orElse(unsaid);
    }

    /** All values of a flag that can be read. */
    <T> List<Read<T>> values(Flag<T> flag) {
        return counting(flag).stream()
                .flatMap(given ->
                        read(flag, given).stream().map(value -> new Read<>(value, given.text(), given.origin())))
                .toList();
    }

    /** Whether all that counts of a flag can be read; what cannot is a problem already, and the default stands for it. */
    boolean isReadable(Flag<?> flag) {
        return counting(flag).size() == values(flag).size();
    }

    /** Where a flag is said; as on the command line if it is not. */
    String origin(Flag<?> flag) {
        return counting(flag).stream().map(Source.Given::origin).findFirst().orElse(flag.option());
    }

    /** What is written of a flag in the source that counts; nothing if no source says it, or a switch is off. */
    List<Source.Given> counting(Flag<?> flag) {
        return sources.stream()
                .filter(source -> source.values().containsKey(flag.name()))
                .findFirst()
                .map(source -> given(source, flag))
                .orElse(List.of());
    }

    private static List<Source.Given> given(Source source, Flag<?> flag) {
        return source.values().getOrDefault(flag.name(), List.of());
    }

    private <T> Optional<T> read(Flag<T> flag, Source.Given given) {
        if (flag.shape() == Flag.Shape.MAYBE && given.text().equals("true")) {
            return Optional.empty();
        }
        try {
            return Optional.of(flag.kind().read(given.text()));
        } catch (BadValueException fault) {
            problems.add(given.origin() + ": " + fault.getMessage());
            return Optional.empty();
        }
    }

    /** One line for every flag that was said and has no effect. */
    List<String> ineffective() {
        List<String> lines = new ArrayList<>();
        for (Flag<?> flag : Flags.all()) {
            if (!flag.isHonoured()) {
                counting(flag).stream()
                        .filter(given -> flag.shape() != Flag.Shape.SWITCH
                                || !given.text().equals("false"))
                        .findFirst()
                        .ifPresent(given -> lines.add(given.origin() + " is accepted, and does nothing yet"));
            }
        }
        return lines;
    }
}
