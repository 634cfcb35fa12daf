package proteus.application.session;

import java.util.List;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Block proposals. This node does not mine: it holds none and asks for none. */
final class ProposalMessages {

    private final Conversation conversation;

    ProposalMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Of no interest; upstream rejects in silence, too. */
    List<Reaction> onNotification() {
        return Reaction.NONE;
    }

    /** None is held; no answer. */
    List<Reaction> onNotificationRequest() {
        return Reaction.NONE;
    }

    List<Reaction> onRequest() throws StoreException, InterruptedException {
        return conversation.charged(
                PeerMessageKind.BLOCK_PROPOSAL_REQUEST,
                () -> Reaction.punish(new NegativePeerSanction.BlockProposalNotFound()));
    }

    /**
     * Judged as far as a node can that neither mines nor checks proofs: by its fee and its parent. One that passes is
     * ignored.
     */
    List<Reaction> onProposal(Block proposal) {
        NativeCurrencyAmount fee = proposal.kernel().body().transactionKernel().fee();
        if (fee.compareTo(NativeCurrencyAmount.ZERO) < 0) {
            return Reaction.punish(new NegativePeerSanction.InvalidBlockProposal());
        }
        boolean extendsTip = proposal.kernel()
                .header()
                .prevBlockDigest()
                .equals(conversation.chain().tip().digest());
        if (!extendsTip || fee.equals(NativeCurrencyAmount.ZERO)) {
            return Reaction.punish(new NegativePeerSanction.NonFavorableBlockProposal());
        }
        return Reaction.note("proposes a block; this node does not mine and ignores it");
    }
}
