package proteus.bootstrap.config;

import java.util.List;
import java.util.Map;

/**
 * What one source says, as it was written.
 *
 * @param values by the long name of the flag
 * @param problems what is wrong with the source itself, one line each with its place
 */
public record Source(Map<String, List<Given>> values, List<String> problems) {

    /** A source that says nothing. */
    static final Source NOTHING = new Source(Map.of(), List.of());

    public Source {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /**
     * One value as it was written.
     *
     * @param text the value; {@code true} for a flag that was given without one
     * @param origin the flag, the variable, or the line of the file
     */
    public record Given(String text, String origin) {}
}
