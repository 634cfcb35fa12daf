package proteus.bootstrap.logging;

/** How a line of the log looks. */
public enum LogFormat {
    /** For people: time in UTC, level, logger, message. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON
}
