package proteus.adapters.rpc;

/** What became of a call to a node. */
public sealed interface CallOutcome {

    /**
     * The method did its work.
     *
     * @param json what it returned, as a JSON document; {@code null} for a method that returns nothing
     */
    record Result(String json) implements CallOutcome {}

    /**
     * The node answered with an error.
     *
     * @param reason what it said; text of the other end, of any length up to that of an answer
     */
    record Refused(String reason) implements CallOutcome {}

    /** The node has another cookie than the one in the file. */
    record WrongCookie() implements CallOutcome {}

    /**
     * There is a node, or something else with its port, and no cookie to show it.
     *
     * @param reason why the file cannot be read
     */
    record NoCookie(String reason) implements CallOutcome {}

    /**
     * Nobody takes connections at the port.
     *
     * @param reason what the operating system said
     */
    record NoNode(String reason) implements CallOutcome {}

    /**
     * The connection ended before an answer came, or what came is none. Whether the method did its work is not known.
     *
     * @param reason what happened
     */
    record NoAnswer(String reason) implements CallOutcome {}

    /** There was no answer in time. Whether the method did its work, or still will, is not known. */
    record TimedOut() implements CallOutcome {}
}
