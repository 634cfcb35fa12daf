package proteus.application.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.application.port.StoreException;
import proteus.application.sync.ChallengeTurn;
import proteus.application.sync.SyncAnchor;
import proteus.application.sync.SyncPeer;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.network.Network;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.SyncChallengeResponse;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.SyncChallengeTiming;
import proteus.domain.sync.ClaimedTip;
import proteus.domain.sync.ShownChain;

/**
 * The challenges of this node to one peer: at most one is out, and none soon after one was passed, failed or given up.
 *
 * <p>Upstream waits for ever for the answer to a challenge, and makes no other until then; here it is given up some time
 * after its answer would be too late. Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour",
 * sections 5.2 and 5.4.
 */
final class OwnChallenge {

    /** When nobody waits for the answer any more. */
    static final Duration GIVEN_UP = SyncChallengeTiming.RESPONSE_TIME.plusSeconds(20);

    private static final System.Logger LOG = System.getLogger(OwnChallenge.class.getName());

    private final Conversation conversation;
    private final SyncPeer peer;
    private Optional<Issued> outstanding = Optional.empty();
    private Optional<Issued> givenUp = Optional.empty();
    private Optional<Instant> passed = Optional.empty();

    private record Issued(ClaimedTip claimed, ChallengeTurn turn) {

        Instant at() {
            return turn.at();
        }

        /** Whether this is what {@code response} may be the answer to; needs no block's hash. */
        boolean isMeantBy(SyncChallengeResponse response) {
            return response.blocks().stream()
                            .map(pair -> pair.child().header().height())
                            .toList()
                            .equals(claimed.heights())
                    && BlockHash.of(response.powWitnesses().getFirst()).equals(claimed.digest());
        }
    }

    OwnChallenge(Conversation conversation, SyncPeer peer) {
        this.conversation = conversation;
        this.peer = peer;
    }

    private Synchronisation sync() {
        return conversation.node().sync();
    }

    /** Whether the peer is to answer one. */
    boolean isOut() {
        return outstanding.isPresent();
    }

    boolean mayBeIssued() {
        if (outstanding.isPresent()) {
            return true;
        }
        return SyncChallengeTiming.mayChallenge(passed, conversation.now())
                && sync().mayChallenge(conversation.peer().address().ip());
    }

    /** Challenges the peer to show the chain of this block, unless it has not answered yet or it is not its turn. */
    List<Reaction> issue(PeerBlockNotification block, BlockHeight own) {
        if (outstanding.isPresent() || sync().isBad(block.hash())) {
            return Reaction.NONE;
        }
        Optional<ChallengeTurn> turn =
                sync().challenged(conversation.peer().address().ip());
        if (turn.isEmpty()) {
            return Reaction.NONE;
        }
        List<BlockHeight> heights = sync().challengeHeights(own, block.height());
        outstanding = Optional.of(
                new Issued(new ClaimedTip(block.hash(), block.cumulativeProofOfWork(), heights), turn.get()));
        tell("announces block " + block.height() + ", far above " + own + "; challenged to show its chain");
        return Reaction.send(new PeerMessage.SyncChallenge(block.hash(), heights));
    }

    private void tell(String what) {
        LOG.log(Level.INFO, "{0}: {1}", peer, what);
    }

    void onTick() {
        if (outstanding
                .filter(issued ->
                        Duration.between(issued.at(), conversation.now()).compareTo(GIVEN_UP) > 0)
                .isPresent()) {
            tell("has not answered its challenge; it is given up");
            givenUp = outstanding;
            giveUp();
        }
    }

    void onEnd() {
        giveUp();
    }

    private void giveUp() {
        outstanding.ifPresent(issued -> sync().challengeFailed(issued.turn));
        outstanding = Optional.empty();
    }

    /** The checks in upstream's order; each that fails ends it. What is no answer at all is not hashed. */
    List<Reaction> onResponse(SyncChallengeResponse response) throws StoreException, InterruptedException {
        if (givenUp.filter(late -> late.isMeantBy(response)).isPresent()) {
            givenUp = Optional.empty();
            return Reaction.punish(new NegativePeerSanction.TimedOutSyncChallengeResponse());
        }
        if (outstanding.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.UnexpectedSyncChallengeResponse());
        }
        Issued issued = outstanding.get();
        outstanding = Optional.empty();
        boolean hasPassed = false;
        try {
            Result result = result(response, issued);
            hasPassed = result.passed;
            tell(result.text);
            return result.reactions;
        } finally {
            if (hasPassed) {
                sync().challengePassed(issued.turn);
            } else {
                sync().challengeFailed(issued.turn);
            }
        }
    }

    private record Result(boolean passed, String text, List<Reaction> reactions) {

        static Result passed(String text) {
            return new Result(true, text, Reaction.NONE);
        }

        static Result refused(String why, NegativePeerSanction sanction) {
            return new Result(false, "did not pass its challenge: " + why, Reaction.punish(sanction));
        }
    }

    private Result result(SyncChallengeResponse response, Issued issued) throws StoreException, InterruptedException {
        NegativePeerSanction invalid = new NegativePeerSanction.InvalidSyncChallengeResponse();
        if (!issued.isMeantBy(response)) {
            return Result.refused("its answer is to something else", invalid);
        }
        ShownChain shown = hashed(response);
        if (!shown.answers(issued.claimed)) {
            return Result.refused("its answer does not fit", invalid);
        }
        if (!shown.isOneChain()) {
            return Result.refused("its blocks are not of one chain", invalid);
        }
        if (hasBadBlock(shown)) {
            return new Result(false, "shows a chain with a block that was found to be bad", Reaction.NONE);
        }
        return switch (verdict(shown)) {
            case BlockVerdict.Invalid _ -> Result.refused("one of its blocks is not valid", invalid);
            case BlockVerdict.NotVerified _ -> {
                sync().cannotVerify(shown.tip().header().height());
                passed = Optional.of(conversation.now());
                yield new Result(
                        false, "shows a chain whose proofs this node cannot verify; it is not followed", Reaction.NONE);
            }
            case BlockVerdict.Valid() -> onValid(shown, issued);
        };
    }

    private boolean hasBadBlock(ShownChain shown) {
        return Stream.concat(
                        Stream.of(shown.tipParent(), shown.tip()),
                        shown.pairs().stream().flatMap(pair -> Stream.of(pair.parent(), pair.child())))
                .anyMatch(block -> sync().isBad(block.digest()));
    }

    private Result onValid(ShownChain shown, Issued issued) {
        BlockHeader tip = shown.tip().header();
        if (sync().active()) {
            sync().showed(peer, tip.height());
            return Result.passed("shows a chain up to block " + tip.height() + "; it serves the sync that goes on");
        }
        BlockHeader own = conversation.chain().tip().header();
        if (!shown.hasPlausibleWork(own.height().isGenesis())) {
            return Result.refused("its work cannot be", new NegativePeerSanction.FishyPowEvolutionChallengeResponse());
        }
        if (conversation.node().network() instanceof Network.Main && !shown.outweighs(own.difficulty())) {
            return Result.refused(
                    "too little work is shown", new NegativePeerSanction.FishyDifficultiesChallengeResponse());
        }
        Instant now = conversation.now();
        if (!SyncChallengeTiming.isInTime(issued.at(), now)) {
            return Result.refused("it came late", new NegativePeerSanction.TimedOutSyncChallengeResponse());
        }
        passed = Optional.of(now);
        conversation.share(tip.height());
        sync().begin(
                        new SyncAnchor(
                                shown.anchor().orElseThrow(), tip, shown.tip().digest()),
                        peer);
        return Result.passed("shows a chain up to block " + tip.height());
    }

    private ShownChain hashed(SyncChallengeResponse response) throws InterruptedException {
        List<ShownChain.Pair> pairs = new ArrayList<>();
        for (SyncBlockPair pair : response.blocks()) {
            pairs.add(new ShownChain.Pair(hashed(pair.parent()), hashed(pair.child())));
        }
        return new ShownChain(
                conversation.node().network(),
                pairs,
                response.membershipProofs(),
                hashed(response.tipParent()),
                hashed(response.tip()),
                response.powWitnesses());
    }

    private HashedBlock hashed(TransferBlock block) throws InterruptedException {
        return conversation.chain().hashed(block.toBlock());
    }

    /** The first of the blocks that is not valid decides; else the first whose proof cannot be verified. */
    private BlockVerdict verdict(ShownChain shown) throws InterruptedException {
        List<ShownChain.Pair> pairs = new ArrayList<>();
        pairs.add(new ShownChain.Pair(shown.tipParent(), shown.tip()));
        pairs.addAll(shown.pairs());
        BlockVerdict sofar = new BlockVerdict.Valid();
        for (ShownChain.Pair pair : pairs) {
            BlockVerdict verdict = conversation.chain().judge(ParentBlock.of(pair.parent()), pair.child());
            switch (verdict) {
                case BlockVerdict.Valid() -> {}
                case BlockVerdict.Invalid _ -> {
                    return verdict;
                }
                case BlockVerdict.NotVerified _ -> sofar = verdict;
            }
        }
        return sofar;
    }
}
