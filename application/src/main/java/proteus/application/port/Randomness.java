package proteus.application.port;

import proteus.domain.peer.InstanceId;

/** Where the node gets its random choices from. Safe for use by many threads. */
public interface Randomness {

    /** A uniformly random 64-bit value that an outsider cannot predict. */
    long nextLong();

    /**
     * A uniformly random number in {@code [0, bound)}.
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    int below(int bound);

    /** A fresh 128-bit instance id; drawn once at every start of a node. */
    default InstanceId nextInstanceId() {
        return new InstanceId(nextLong(), nextLong());
    }
}
