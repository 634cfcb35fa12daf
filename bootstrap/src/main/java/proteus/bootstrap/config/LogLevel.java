package proteus.bootstrap.config;

import java.lang.System.Logger.Level;
import proteus.adapters.rpc.LogLevels;

/**
 * One thing said about what is logged.
 *
 * @param logger the logger that is meant, with those below it; empty for all
 * @param level the least severe level to log
 */
public record LogLevel(String logger, Level level) {

    /**
     * Reads {@code LEVEL} or {@code LOGGER=LEVEL}.
     *
     * @throws BadValueException if there is no such level, or no logger can have that name
     */
    public static LogLevel parse(String text) throws BadValueException {
        int equals = text.indexOf('=');
        String logger = equals < 0 ? "" : text.substring(0, equals);
        if (equals >= 0 && !logger.matches("[\\w$-]+(\\.[\\w$-]+)*")) {
            throw new BadValueException("'" + logger + "' is not the name of a logger, such as io.netty");
        }
        String level = text.substring(equals + 1);
        return new LogLevel(
                logger,
                LogLevels.named(level).orElseThrow(() -> Kind.not(level, "a level; there are " + LogLevels.NAMES)));
    }
}
