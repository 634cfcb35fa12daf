package proteus.application.migration;

/** What is to be done for the cutover of one session. */
enum CutoverAction {
    /** Let the session expect the new connection, before the peer can know of it. */
    EXPECT,
    /** Let the session expect it no more. */
    WITHDRAW,
    /** Present this node over the connection that is held back, and hand that to the session, to change over to. */
    SWITCH,
    /** Let the session say {@code Bye}. */
    DEPART,
    /** Wait a moment. */
    LINGER,
    /** Present this node over the connection that is held back. */
    PRESENT,
    /** Connect to where the peer was found, and present this node at once. */
    PRESENT_ANEW,
    /** Connect to where the session was, and present this node at once. */
    RETURN,
    /** Hand the new connection to the session. */
    HAND_OVER,
    /** Close the connection that is held back. */
    DROP,
    /** End the session, for nothing carries it. */
    GIVE_UP
}
