package proteus.application.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import proteus.application.mining.Favourability;
import proteus.application.mining.Proposal;
import proteus.application.mining.Proposals;
import proteus.application.port.StoreException;
import proteus.application.request.AnnouncedObject;
import proteus.domain.block.Block;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.Retirement;
import proteus.domain.hash.Digest;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PositivePeerSanction;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/**
 * Block proposals, both ways.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour", sections 2.3.7 and 6.1.
 */
final class ProposalMessages {

    private final Conversation conversation;

    ProposalMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    private Proposals proposals() {
        return conversation.node().proposals();
    }

    private boolean acceptsFromPeer() {
        return proposals().policy().acceptsFrom(conversation.peer().address().ip());
    }

    /** One that seems better than what is held is asked for; every other is ignored. */
    List<Reaction> onNotification(PeerMessage.BlockProposalNotification announced) {
        boolean wanted = proposals().areJudged()
                && acceptsFromPeer()
                && proposals().of(announced.height(), announced.guesserFee()) == Favourability.BETTER;
        if (!wanted) {
            return Reaction.NONE;
        }
        boolean now = conversation
                .node()
                .requests()
                .announced(
                        new AnnouncedObject.BlockProposal(announced.bodyMastHash()),
                        conversation.announcer(false),
                        conversation.now());
        return now ? Reaction.send(new PeerMessage.BlockProposalRequest(announced.bodyMastHash())) : Reaction.NONE;
    }

    /** If none is held, there is no answer. */
    List<Reaction> onNotificationRequest() {
        if (proposals().policy().keepsOwnSecret()) {
            return Reaction.NONE;
        }
        return proposals()
                .held()
                .map(proposal -> Reaction.send(proposal.notification()))
                .orElse(Reaction.NONE);
    }

    List<Reaction> onRequest(Digest bodyHash) throws StoreException, InterruptedException {
        return conversation.charged(PeerMessageKind.BLOCK_PROPOSAL_REQUEST, () -> serve(bodyHash));
    }

    private List<Reaction> serve(Digest bodyHash) {
        return proposals()
                .held()
                .filter(proposal -> proposal.bodyHash().equals(bodyHash))
                .map(proposal -> Reaction.send(new PeerMessage.BlockProposal(proposal.block())))
                .orElse(Reaction.punish(new NegativePeerSanction.BlockProposalNotFound()));
    }

    /** Asked for or not. What is cheap to tell is told first. */
    List<Reaction> onProposal(Block block) throws InterruptedException {
        if (!acceptsFromPeer()) {
            return Reaction.punish(new NegativePeerSanction.BlockProposalFromBlockedPeer());
        }
        TransactionKernel transaction = block.kernel().body().transactionKernel();
        if (hasRetired(transaction, conversation.now())) {
            return resolved(block, Reaction.NONE);
        }
        NativeCurrencyAmount reward = transaction.fee();
        if (reward.isNegative()) {
            return Reaction.punish(new NegativePeerSanction.InvalidBlockProposal());
        }
        return switch (proposals().of(block.kernel().header().prevBlockDigest(), reward)) {
            case MISPLACED -> Reaction.punish(new NegativePeerSanction.NonFavorableBlockProposal());
            case PAYS_THE_SAME -> resolved(block, Reaction.NONE);
            case OWN_IS_HELD, PAYS_TOO_LITTLE ->
                resolved(block, Reaction.punish(new NegativePeerSanction.NonFavorableBlockProposal()));
            case BETTER -> onFavourable(block);
        };
    }

    private static boolean hasRetired(TransactionKernel transaction, Instant now) {
        return Retirement.of(transaction.announcements())
                .filter(last -> last.compareTo(new Timestamp(now.toEpochMilli())) < 0)
                .isPresent();
    }

    private List<Reaction> resolved(Block block, List<Reaction> reactions) throws InterruptedException {
        return resolved(conversation.chain().bodyHash(block), reactions);
    }

    private List<Reaction> resolved(Digest bodyHash, List<Reaction> reactions) {
        conversation.node().requests().resolve(new AnnouncedObject.BlockProposal(bodyHash));
        return reactions;
    }

    /** One that nobody here can judge is not looked at: who passes on an invalid one is punished for it. */
    private List<Reaction> onFavourable(Block block) throws InterruptedException {
        if (!proposals().areJudged()) {
            return Reaction.note("proposes a block, which this node cannot judge where proofs are real; it is ignored");
        }
        HashedBlock hashed = conversation.chain().hashed(block);
        Optional<BlockVerdict> verdict = proposals().judge(hashed);
        if (verdict.isEmpty()) {
            return Reaction.note("proposes a block for a tip that has just changed");
        }
        return switch (verdict.get()) {
            case BlockVerdict.Valid() -> onValid(hashed);
            case BlockVerdict.Invalid(var rule) ->
                List.of(
                        new Reaction.Note("proposes a block that breaks " + rule.numberAndName()),
                        new Reaction.Punish(new NegativePeerSanction.InvalidBlockProposal()));
            case BlockVerdict.NotVerified _ ->
                resolved(
                        hashed.bodyHash(),
                        Reaction.note("proposes a block whose proof this node cannot verify; it is ignored"));
        };
    }

    private List<Reaction> onValid(HashedBlock block) {
        boolean taken = proposals().offer(new Proposal(block, Proposal.Origin.FOREIGN));
        return resolved(
                block.bodyHash(),
                taken
                        ? List.of(new Reaction.Reward(new PositivePeerSanction.NewBlockProposal()))
                        : Reaction.note("proposes a block; a better one came while it was judged"));
    }
}
