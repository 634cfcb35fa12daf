package proteus.application.migration;

/** What may happen during the cutover of one session. */
sealed interface CutoverEvent {

    /** The peer took the handshake of this node. */
    record Presented() implements CutoverEvent {}

    /**
     * It did not.
     *
     * @param how what it did instead
     */
    record NotPresented(Refusal how) implements CutoverEvent {}

    /** The session expects the new connection. */
    record Ready() implements CutoverEvent {}

    /** The session cannot be moved now. */
    record Busy() implements CutoverEvent {}

    /** Nothing carries the session. */
    record Left() implements CutoverEvent {}

    /** The moment is over. */
    record LingerOver() implements CutoverEvent {}

    /** The new connection carries the session. */
    record Arrived() implements CutoverEvent {}

    /** The peer has no place for this node any more. */
    record PlaceLost() implements CutoverEvent {}

    /** The new connection ended before the peer said anything. */
    record Dropped() implements CutoverEvent {}

    /** The session ended. */
    record Ended() implements CutoverEvent {}

    /** What is awaited did not come. */
    record TooLate() implements CutoverEvent {}

    /** How a handshake fails that should have gone well. */
    enum Refusal {
        /** The peer closed, as it does while it believes the old connection to be there. */
        CLOSED,
        /** All places are taken. */
        PLACE_LOST,
        /** It is another node after all. */
        SOMEONE_ELSE,
        /** Anything else, such as silence. */
        FAILED
    }
}
