package proteus.bootstrap.interop.libp2p;

/** Whether an implementation can be had on this machine. */
sealed interface Availability {

    /** It can. */
    record Ready(InteropPeer peer) implements Availability {}

    /**
     * It cannot, for a reason that lies outside of the project.
     *
     * @param reason such as a tool that is not installed
     */
    record Missing(String reason) implements Availability {}
}
