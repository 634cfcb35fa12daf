package proteus.bootstrap.config;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;

/**
 * One thing said about what is logged.
 *
 * @param logger the logger that is meant; empty for all
 * @param level the least severe level to log
 */
record LogLevel(String logger, Level level) {

    private static final Map<String, Level> LEVELS = Map.of(
            "trace", Level.TRACE,
            "debug", Level.DEBUG,
            "info", Level.INFO,
            "warn", Level.WARNING,
            "warning", Level.WARNING,
            "error", Level.ERROR,
            "off", Level.OFF);

    static LogLevel parse(String text) throws BadValueException {
        int equals = text.indexOf('=');
        String logger = equals < 0 ? "" : text.substring(0, equals);
        if (equals >= 0 && !logger.matches("[\\w$-]+(\\.[\\w$-]+)*")) {
            throw new BadValueException("'" + logger + "' is not the name of a logger, such as io.netty");
        }
        String level = text.substring(equals + 1);
        return new LogLevel(
                logger,
                Kind.oneOf(LEVELS, "a level; there are trace, debug, info, warn, error and off")
                        .read(level.toLowerCase(Locale.ROOT)));
    }
}
