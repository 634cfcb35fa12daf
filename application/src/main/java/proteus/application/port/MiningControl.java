package proteus.application.port;

import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** What an operator may order of a node that mines. The node offers it. Safe for use by many threads. */
public interface MiningControl {

    /** The most blocks of one order. */
    int MOST_BLOCKS = 10_000;

    /**
     * Makes one block on top of the tip, whether or not the node mines by itself, and waits until it is on the chain.
     *
     * @throws CannotMineException if this network needs real proofs, the node catches up with the network, others were
     *     faster again and again, or the chain failed
     * @throws InterruptedException if this thread was interrupted; the block may come all the same
     */
    MinedBlock mine() throws CannotMineException, InterruptedException;

    /**
     * Makes so many blocks, one after the other.
     *
     * @param count in [0, {@value #MOST_BLOCKS}]
     * @throws CannotMineException as {@link #mine()}, also for another count; the blocks before stay
     */
    void mine(long count) throws CannotMineException, InterruptedException;

    /** Lets the miner rest until {@link #resume}; without effect on {@link #mine}, and if the node does not mine. */
    void pause();

    /** Ends {@link #pause}. */
    void resume();

    /** The proposal that the node holds: a block but for its proof of work. */
    Optional<Block> heldProposal();

    /**
     * Tells all peers of the proposal once more, also of one that is kept secret.
     *
     * @return whether there is one
     */
    boolean announceProposal();

    /** What the miner does now. */
    MinerActivity activity();

    /**
     * A block of this node.
     *
     * @param height its height
     * @param digest its hash
     */
    record MinedBlock(BlockHeight height, Digest digest) {}

    /** What a miner does. */
    enum MinerActivity {
        /** Nothing: it was not asked to, waits or rests. */
        INACTIVE,
        /** It makes a proposal. */
        COMPOSING,
        /** It looks for a nonce. */
        GUESSING
    }

    /** A block cannot be made. The message is for the operator. */
    final class CannotMineException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Reason reason;

        /** Why no block can be made. */
        public enum Reason {
            /** The network needs real proofs. */
            REAL_PROOFS,
            /** More blocks were ordered than one order may have. */
            TOO_MANY,
            /** The node catches up. */
            SYNCING,
            /** It did not come to be on the chain. */
            FAILED
        }

        public CannotMineException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** Why, in a word. */
        public Reason reason() {
            return reason;
        }
    }
}
