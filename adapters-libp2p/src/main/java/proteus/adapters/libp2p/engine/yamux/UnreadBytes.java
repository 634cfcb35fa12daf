package proteus.adapters.libp2p.engine.yamux;

/**
 * Counts the received bytes of a session that wait for being read, and has them reserved: in steps, since what reserves
 * them may be shared by many sessions. For the event loop only.
 */
final class UnreadBytes {

    static final int STEP = 65_536;

    private final ReceiveMemory memory;
    private long waiting;
    private long reserved;

    UnreadBytes(ReceiveMemory memory) {
        this.memory = memory;
    }

    /** Counts {@code bytes} more, unless there is no room for them. */
    boolean add(int bytes) {
        long missing = Math.max(0, waiting + bytes - reserved);
        long wanted = Math.ceilDiv(missing, STEP) * STEP;
        if (wanted > 0 && !memory.reserve(wanted)) {
            return false;
        }
        reserved += wanted;
        waiting += bytes;
        return true;
    }

    /** Counts {@code bytes} less. Up to a step stays reserved, until nothing waits at all. */
    void remove(int bytes) {
        waiting -= bytes;
        long needed = waiting == 0 ? 0 : (Math.ceilDiv(waiting, STEP) + 1) * STEP;
        if (needed < reserved) {
            memory.release(reserved - needed);
            reserved = needed;
        }
    }
}
