package proteus.bootstrap.logging;

import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * What is logged, and how it looks.
 *
 * @param format how a line looks
 * @param level the least severe level that is logged, for all loggers but those in {@code loggers} and the libraries'
 * @param loggers the same for single loggers, and those below them, by name
 */
public record LogSettings(LogFormat format, Level level, Map<String, Level> loggers) {

    /** What is used when nothing is said. */
    public static final LogSettings DEFAULT = new LogSettings(LogFormat.TEXT, Level.INFO, Map.of());

    public LogSettings {
        loggers = Map.copyOf(loggers);
    }
}
