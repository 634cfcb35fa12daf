package proteus.application.sync;

/** What the plan of a sync wants done. */
sealed interface Order {

    /** Who it is about. */
    SyncPeer peer();

    /**
     * Ask for a block.
     *
     * @param height its height
     */
    record Ask(SyncPeer peer, long height) implements Order {}

    /** Punish for silence. */
    record Charge(SyncPeer peer) implements Order {}

    /** Ask what its tip is now: it has shown nothing yet that it could be asked for. */
    record AskForTip(SyncPeer peer) implements Order {}
}
