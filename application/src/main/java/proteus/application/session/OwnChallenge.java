package proteus.application.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.StoreException;
import proteus.application.sync.SyncAnchor;
import proteus.application.sync.SyncPeer;
import proteus.application.sync.Synchronisation;
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
 * The challenges of this node to one peer: at most one is out, and none soon after one was passed.
 *
 * <p>Upstream waits for ever for the answer to a challenge, and makes no other until then; here it is given up some time
 * after its answer would be too late. Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour",
 * sections 5.2 and 5.4.
 */
final class OwnChallenge {

    /** When nobody waits for the answer any more. */
    static final Duration GIVEN_UP = SyncChallengeTiming.RESPONSE_TIME.plusSeconds(20);

    private final Conversation conversation;
    private final SyncPeer peer;
    private Optional<Issued> outstanding = Optional.empty();
    private Optional<Issued> givenUp = Optional.empty();
    private Optional<Instant> passed = Optional.empty();

    private record Issued(ClaimedTip claimed, Instant at) {}

    OwnChallenge(Conversation conversation, SyncPeer peer) {
        this.conversation = conversation;
        this.peer = peer;
    }

    private Synchronisation sync() {
        return conversation.node().sync();
    }

    boolean mayBeIssued() {
        return SyncChallengeTiming.mayChallenge(passed, conversation.now());
    }

    /** Challenges the peer to show the chain of this block, unless it has not answered yet. */
    List<Reaction> issue(PeerBlockNotification block, BlockHeight own) {
        if (outstanding.isPresent() || sync().isBad(block.hash())) {
            return Reaction.NONE;
        }
        List<BlockHeight> heights = sync().challengeHeights(own, block.height());
        outstanding = Optional.of(
                new Issued(new ClaimedTip(block.hash(), block.cumulativeProofOfWork(), heights), conversation.now()));
        sync().challenged();
        return List.of(
                new Reaction.Note("announces block " + block.height() + ", far above " + own + "; challenged"),
                new Reaction.Send(new PeerMessage.SyncChallenge(block.hash(), heights)));
    }

    void onTick() {
        if (outstanding
                .filter(issued ->
                        Duration.between(issued.at, conversation.now()).compareTo(GIVEN_UP) > 0)
                .isPresent()) {
            givenUp = outstanding;
            close();
        }
    }

    void onEnd() {
        if (outstanding.isPresent()) {
            close();
        }
    }

    private void close() {
        outstanding = Optional.empty();
        sync().challengeOver();
    }

    /** The checks in upstream's order; each that fails ends it. */
    List<Reaction> onResponse(SyncChallengeResponse response) throws StoreException, InterruptedException {
        if (outstanding.isEmpty()) {
            return Reaction.punish(unexpected());
        }
        Issued issued = outstanding.get();
        close();
        ShownChain shown = hashed(response);
        if (!shown.answers(issued.claimed)) {
            return Reaction.punish(new NegativePeerSanction.InvalidSyncChallengeResponse());
        }
        if (!shown.isOneChain()) {
            return Reaction.punish(new NegativePeerSanction.InvalidSyncChallengeResponse());
        }
        return switch (verdict(shown)) {
            case BlockVerdict.Invalid _ -> Reaction.punish(new NegativePeerSanction.InvalidSyncChallengeResponse());
            case BlockVerdict.NotVerified _ -> {
                sync().cannotVerify(shown.tip().header().height());
                passed = Optional.of(conversation.now());
                yield Reaction.note("shows a chain whose proofs this node cannot verify; it is not followed");
            }
            case BlockVerdict.Valid() -> onValid(shown, issued);
        };
    }

    /** An answer that nobody waits for any more is late; one that was never asked for is a fault of another kind. */
    private NegativePeerSanction unexpected() {
        if (givenUp.isEmpty()) {
            return new NegativePeerSanction.UnexpectedSyncChallengeResponse();
        }
        givenUp = Optional.empty();
        return new NegativePeerSanction.TimedOutSyncChallengeResponse();
    }

    private List<Reaction> onValid(ShownChain shown, Issued issued) {
        BlockHeader tip = shown.tip().header();
        if (sync().active()) {
            sync().showed(peer, tip.height());
            return Reaction.note("shows a chain up to block " + tip.height() + "; it serves the sync that goes on");
        }
        BlockHeader own = conversation.chain().tip().header();
        if (!shown.hasPlausibleWork(own.height().isGenesis())) {
            return Reaction.punish(new NegativePeerSanction.FishyPowEvolutionChallengeResponse());
        }
        if (conversation.node().network() instanceof Network.Main && !shown.outweighs(own.difficulty())) {
            return Reaction.punish(new NegativePeerSanction.FishyDifficultiesChallengeResponse());
        }
        Instant now = conversation.now();
        if (!SyncChallengeTiming.isInTime(issued.at, now)) {
            return Reaction.punish(new NegativePeerSanction.TimedOutSyncChallengeResponse());
        }
        passed = Optional.of(now);
        conversation.share(tip.height());
        sync().begin(
                        new SyncAnchor(
                                shown.anchor().orElseThrow(), tip, shown.tip().digest()),
                        peer);
        return Reaction.note("shows a chain up to block " + tip.height());
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
