package proteus.bootstrap.interop.libp2p;

/**
 * How a command line ended.
 *
 * @param exitCode 0 if all went well
 * @param out what it printed: one line of JSON, if all went well
 * @param err what it said of failures
 */
record Outcome(int exitCode, String out, String err) {}
