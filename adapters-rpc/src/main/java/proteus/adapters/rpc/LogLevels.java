package proteus.adapters.rpc;

/** Changes what is logged while the program runs. Whoever starts the logging offers it. Safe for use by many threads. */
@FunctionalInterface
public interface LogLevels {

    /**
     * Logs {@code logger} and the loggers below it from {@code level} on.
     *
     * @param logger a name with dots, as a package or class; empty for all loggers
     * @param level the least severe level that is logged
     */
    void setLevel(String logger, System.Logger.Level level);
}
