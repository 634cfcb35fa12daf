package proteus.application.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.application.request.AnnouncedObject;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.consensus.ProofOfWorkCheck;
import proteus.domain.consensus.WorkVerdict;
import proteus.domain.hash.Digest;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PositivePeerSanction;

/**
 * The blocks of one peer, newest first, on the way back to one that this node has. For the session's thread.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour", section 5.8.
 */
final class ForkReconciliation {

    /**
     * So large a block may be, in field elements: 16 MB as it comes, nine bytes each. Upstream counts the bytes, which are
     * fewer if many elements are small; a block between the two is invalid with it, since it is above a million elements.
     */
    static final int MAX_BLOCK_SIZE = 16_000_000 / 9;

    /**
     * The most field elements that are collected of one peer, 256 MiB. Upstream has no such limit; the blocks of a network
     * that obeys the rules come nowhere near it within the number of blocks that are collected.
     */
    static final long MAX_ELEMENTS = 32L << 20;

    /**
     * So long a parent may be on its way. Upstream waits for ever, and asks that peer for no other block as long as it waits.
     */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Conversation conversation;
    private final List<HashedBlock> collected = new ArrayList<>();
    private long elements;
    private Instant asked = Instant.MIN;

    ForkReconciliation(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether it goes on, and so no other block is to be asked for. */
    boolean goesOn() {
        if (!collected.isEmpty() && asked.plus(PATIENCE).isBefore(conversation.now())) {
            clear();
        }
        return !collected.isEmpty();
    }

    /** A sync goes on, which leads elsewhere: what was collected is of no more use. */
    void abandon() {
        clear();
    }

    /** A block came, asked for or not, while no sync goes on. */
    List<Reaction> on(Block received) throws StoreException, InterruptedException {
        ChainState chain = conversation.chain();
        HashedBlock block = chain.measured(received, MAX_BLOCK_SIZE);
        if (block.size() > MAX_BLOCK_SIZE) {
            clear();
            return Reaction.punish(new NegativePeerSanction.OversizedBlock());
        }
        if (!goesOn() && chain.snapshot().header(block.digest()).isPresent()) {
            resolve(block);
            return Reaction.NONE;
        }
        Optional<List<Reaction>> refused = refused(block);
        if (refused.isPresent()) {
            clear();
            return refused.get();
        }
        collected.add(block);
        elements += block.size();
        return towardsStored(block);
    }

    /** What is wrong with a block as the parent of the one that came before it, or with so many blocks. */
    private Optional<List<Reaction>> refused(HashedBlock block) throws InterruptedException {
        if (goesOn()) {
            HashedBlock successor = collected.getLast();
            WorkVerdict work = new ProofOfWorkCheck(conversation.node().network())
                    .onTopOf(block.header(), successor.headerWithWitness());
            if (work != WorkVerdict.ENOUGH) {
                return Optional.of(punishInvalid(successor));
            }
            BlockVerdict verdict = conversation.chain().judge(ParentBlock.of(block), successor);
            if (verdict instanceof BlockVerdict.NotVerified) {
                return Optional.of(notVerified(successor));
            }
            if (verdict instanceof BlockVerdict.Invalid) {
                return Optional.of(punishFork(block));
            }
        }
        // One more than upstream takes, which fails at a gap of just the threshold: it is not far enough for a
        // challenge.
        boolean tooMany =
                collected.size() >= conversation.node().sync().settings().threshold();
        return tooMany || elements + block.size() > MAX_ELEMENTS ? Optional.of(punishFork(block)) : Optional.empty();
    }

    private List<Reaction> punishFork(HashedBlock block) {
        return Reaction.punish(new NegativePeerSanction.ForkResolutionError(
                block.header().height(), collected.size(), block.digest()));
    }

    private static List<Reaction> punishInvalid(HashedBlock block) {
        return Reaction.punish(
                new NegativePeerSanction.InvalidBlock(block.header().height(), block.digest()));
    }

    private static List<Reaction> notVerified(HashedBlock block) {
        return Reaction.note("sends block " + block.header().height()
                + ", whose proof this node cannot verify; the block is not used");
    }

    private List<Reaction> towardsStored(HashedBlock block) throws StoreException, InterruptedException {
        Digest parent = block.header().prevBlockDigest();
        if (conversation.chain().snapshot().header(parent).isPresent()) {
            List<HashedBlock> branch = List.copyOf(collected).reversed();
            clear();
            return submit(branch);
        }
        if (block.header().height().value() == 1) {
            clear();
            return Reaction.punish(new NegativePeerSanction.DifferentGenesis());
        }
        asked = conversation.now();
        return Reaction.send(new PeerMessage.BlockRequestByHash(parent));
    }

    /** What is to be done about blocks that stand on each other and on a stored one, after they were submitted. */
    List<Reaction> submit(List<HashedBlock> branch) throws StoreException, InterruptedException {
        HashedBlock last = branch.getLast();
        BranchOutcome outcome = conversation.chain().submitHashed(branch, ChainState.Losers.FORGET);
        return switch (outcome) {
            case BranchOutcome.Adopted _ -> {
                branch.forEach(this::resolve);
                yield adopted(branch.size(), last.header().height());
            }
            case BranchOutcome.Known(), BranchOutcome.Kept(), BranchOutcome.NotBetter() -> {
                branch.forEach(this::resolve);
                yield Reaction.note("sends block " + last.header().height() + ", which is not better than the tip");
            }
            case BranchOutcome.Invalid(var digest, var rule) -> {
                HashedBlock bad = find(branch, digest);
                List<Reaction> reactions = new ArrayList<>(Reaction.note("sends block "
                        + bad.header().height() + " " + digest + ", which breaks " + rule.numberAndName()));
                reactions.addAll(punishInvalid(bad));
                yield reactions;
            }
            case BranchOutcome.NotVerified(var digest, var _) -> notVerified(find(branch, digest));
            case BranchOutcome.UnknownParent(var parent) ->
                throw new IllegalStateException("the stored block " + parent + " is gone");
        };
    }

    private List<Reaction> adopted(int count, BlockHeight height) {
        List<Reaction> reactions = new ArrayList<>();
        reactions.add(new Reaction.Reward(new PositivePeerSanction.ValidBlocks(count)));
        BlockHeight shown = conversation.highestShared();
        if (shown.compareTo(height) > 0) {
            reactions.add(new Reaction.Send(new PeerMessage.BlockRequestByHeight(shown)));
        }
        conversation.share(height);
        return reactions;
    }

    private static HashedBlock find(List<HashedBlock> branch, Digest digest) {
        return branch.stream()
                .filter(block -> block.digest().equals(digest))
                .findAny()
                .orElseThrow();
    }

    private void resolve(HashedBlock block) {
        conversation
                .node()
                .requests()
                .resolve(
                        new AnnouncedObject.Block(block.digest(), block.header().height()));
    }

    private void clear() {
        collected.clear();
        elements = 0;
    }
}
