package proteus.application.mining;

import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.Retirement;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerMessage;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/**
 * A block that is valid but for its proof of work.
 *
 * @param hashed the block
 * @param origin who made it
 */
public record Proposal(HashedBlock hashed, Origin origin) {

    /** Who made a proposal. */
    public enum Origin {
        /** This node. */
        OWN,
        /** Some other node. */
        FOREIGN
    }

    /** The block. */
    public Block block() {
        return hashed.block();
    }

    /** What names it: the MAST hash of its body. */
    public Digest bodyHash() {
        return hashed.bodyHash();
    }

    /** What it pays its guesser. */
    public NativeCurrencyAmount reward() {
        return block().kernel().body().transactionKernel().fee();
    }

    /** The height that it would have on the chain. */
    public BlockHeight height() {
        return hashed.header().height();
    }

    /** The block that it stands on. */
    Digest parent() {
        return hashed.header().prevBlockDigest();
    }

    /** Whether its transaction may not be mined any more. */
    boolean hasRetired(Timestamp now) {
        return Retirement.of(block().kernel().body().transactionKernel().announcements())
                .filter(last -> last.compareTo(now) < 0)
                .isPresent();
    }

    /** How peers are told of it. */
    public PeerMessage.BlockProposalNotification notification() {
        return new PeerMessage.BlockProposalNotification(bodyHash(), reward(), height());
    }
}
