package proteus.adapters.rpc;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;

/** Changes what is logged while the program runs. Whoever starts the logging offers it. Safe for use by many threads. */
@FunctionalInterface
public interface LogLevels {

    /** The names of all levels, for a message to the operator. */
    String NAMES = "all, trace, debug, info, warn, error and off";

    /**
     * Logs {@code logger} and the loggers below it from {@code level} on.
     *
     * @param logger a name with dots, as a package or class; empty for all loggers
     * @param level the least severe level that is logged
     */
    void setLevel(String logger, Level level);

    /** The level of this name, in any case; {@code warning} is another name of {@code warn}. */
    static Optional<Level> named(String name) {
        return Arrays.stream(Level.values())
                .filter(level ->
                        nameOf(level).equalsIgnoreCase(name) || level.getName().equalsIgnoreCase(name))
                .findAny();
    }

    /** What operators call a level; {@link #named} knows it. */
    static String nameOf(Level level) {
        return switch (level) {
            case ALL -> "all";
            case TRACE -> "trace";
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARNING -> "warn";
            case ERROR -> "error";
            case OFF -> "off";
        };
    }
}
