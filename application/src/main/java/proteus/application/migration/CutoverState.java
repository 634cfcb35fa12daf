package proteus.application.migration;

import proteus.application.port.MoveOutcome;

/** Where the cutover of one session stands. */
sealed interface CutoverState {

    /** The session is told to expect the new connection, which is held back; the peer knows of nothing. */
    record Expecting() implements CutoverState {}

    /** The new connection stands beside the old one, and the session is changing over without a gap. */
    record Switching() implements CutoverState {}

    /** The session was told to say {@code Bye}; the new connection is held back before the peer knows who this node is. */
    record Leaving() implements CutoverState {}

    /** The old connection is over; the peer is given a moment to forget it. */
    record Lingering() implements CutoverState {}

    /**
     * The peer is told who this node is, over the new connection.
     *
     * @param attempt 1 or 2
     */
    record Presenting(int attempt) implements CutoverState {}

    /**
     * The session is on the new connection, and the peer is to say something over it.
     *
     * @param attempt 1 or 2
     */
    record Arriving(int attempt) implements CutoverState {}

    /**
     * The session goes back to the stack where it was.
     *
     * @param attempt from 1 on
     * @param why what kept it from the other
     */
    record Returning(int attempt, MoveOutcome why) implements CutoverState {}

    /**
     * The session is on a new connection of its old stack, and the peer is to say something over it.
     *
     * @param attempt from 1 on
     * @param why what kept it from the other stack
     */
    record Back(int attempt, MoveOutcome why) implements CutoverState {}

    /** It is over. */
    record Over(MoveOutcome outcome) implements CutoverState {}
}
