package proteus.application.session;

import proteus.domain.block.BlockProof;
import proteus.domain.block.TransferBlock;
import proteus.domain.peer.PeerMessage;

/** Tells what takes long to write: blocks with large proofs, and many blocks. */
final class LargeMessage {

    /** 64 KiB. */
    private static final int LARGE_PROOF = 8 << 10;

    private LargeMessage() {}

    static boolean is(PeerMessage message) {
        if (message instanceof PeerMessage.BlockResponseBatch || message instanceof PeerMessage.SyncChallengeResponse) {
            return true;
        }
        if (message instanceof PeerMessage.Block(var block)) {
            return isLarge(block);
        }
        if (message instanceof PeerMessage.ValidatedBlock(var block)) {
            return isLarge(block.block());
        }
        if (message instanceof PeerMessage.TipWithParentAccumulator(var tip)) {
            return isLarge(tip.block());
        }
        return message instanceof PeerMessage.BlockProposal(var block)
                && block.proof() instanceof BlockProof.SingleProof(var proof)
                && proof.elements().size() > LARGE_PROOF;
    }

    private static boolean isLarge(TransferBlock block) {
        return block.proof().elements().size() > LARGE_PROOF;
    }
}
