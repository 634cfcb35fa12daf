package proteus.application.session;

import proteus.application.port.PeerConnection;

/** Where a session is between two connections. */
sealed interface LineState {

    /** On one, and nothing moves. */
    record Still(Line on) implements LineState {}

    /** On one; another may come, and the peer may say {@code Bye} before. */
    record Expecting(Line on, Relocation by) implements LineState {}

    /** The peer has said {@code Bye} over the one, and the other has not come yet. */
    record Expected(Line on, Relocation by) implements LineState {}

    /** On one; goes on over the next when the peer has said {@code Bye}. */
    record Awaiting(Line on, Line next, Relocation by) implements LineState {}

    /** Writes over one already, and reads the other until the peer's {@code Bye}. */
    record Following(Line reading, Line on, Relocation by) implements LineState {}

    /** Has said {@code Bye}; reads what comes until the end. */
    record Leaving(Line reading, Relocation by) implements LineState {}

    /** On none. */
    record Between(Relocation by) implements LineState {}

    /** On one, over which the peer has said nothing yet. */
    record Arriving(Line on, Relocation by) implements LineState {}

    /**
     * A connection of a session.
     *
     * @param number counted from 0
     */
    record Line(int number, PeerConnection connection) {}
}
