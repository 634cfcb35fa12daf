package proteus.application.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.StoreException;
import proteus.application.sync.Champion;
import proteus.application.sync.SyncPeer;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.HeaderValidation;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferSyncBitMask;
import proteus.domain.sync.BlockCoverage;

/**
 * Messages of nodes that are far apart: challenges to show a chain, and the blocks of a sync.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour", sections 2.3.4, 2.3.5 and 5.
 */
final class SyncMessages {

    private final Conversation conversation;
    private final ForkReconciliation reconciliation;
    private final SyncPeer peer;
    private final OwnChallenge challenge;

    SyncMessages(Conversation conversation, ForkReconciliation reconciliation, SyncPeer peer) {
        this.conversation = conversation;
        this.reconciliation = reconciliation;
        this.peer = peer;
        challenge = new OwnChallenge(conversation, peer);
    }

    private Synchronisation sync() {
        return conversation.node().sync();
    }

    void onTick() {
        challenge.onTick();
    }

    void onEnd() {
        challenge.onEnd();
    }

    /** What goes on with the peer that must not be cut in two; empty if nothing does. */
    Optional<String> business() {
        if (sync().active()) {
            return Optional.of("a sync");
        }
        if (challenge.isOut()) {
            return Optional.of("a challenge");
        }
        return reconciliation.goesOn() ? Optional.of("a walk along a fork") : Optional.empty();
    }

    /** A block that follows the best one of the sync is asked for at once. */
    List<Reaction> onAnnouncementDuringSync(PeerBlockNotification block) {
        sync().showed(peer, block.height());
        boolean follows = sync().champion()
                .filter(champion -> champion.height().next().equals(block.height()))
                .isPresent();
        return follows ? Reaction.send(new PeerMessage.BlockRequestByHeight(block.height())) : Reaction.NONE;
    }

    /** Whether the peer has not shown its chain lately, and it is its turn. */
    boolean mayChallenge() {
        return challenge.mayBeIssued();
    }

    /** Lets the peer show the chain that it claims. */
    List<Reaction> challenge(PeerBlockNotification block, BlockHeight own) {
        return challenge.issue(block, own);
    }

    List<Reaction> onSyncChallengeResponse(PeerMessage.SyncChallengeResponse response)
            throws StoreException, InterruptedException {
        return challenge.onResponse(response);
    }

    /** A challenge always costs, and more when it cannot be answered. If that bans the peer, no block is read for it. */
    List<Reaction> onSyncChallenge(PeerMessage.SyncChallenge asked) {
        return List.of(
                new Reaction.Punish(new NegativePeerSanction.ReceivedSyncChallenge()),
                new Reaction.Then(() -> answer(asked)));
    }

    private List<Reaction> answer(PeerMessage.SyncChallenge asked) throws StoreException {
        return new ChallengeAnswer(conversation.chain().snapshot())
                .to(asked)
                .map(Reaction::send)
                .orElseGet(() -> Reaction.punish(new NegativePeerSanction.InvalidSyncChallenge()));
    }

    /** A block without a path: used if it follows the best one of the sync, whose header is known. */
    List<Reaction> onBlockDuringSync(TransferBlock transferred) throws StoreException, InterruptedException {
        if (!sync().active()) {
            // It has ended since the caller looked.
            return reconciliation.on(transferred.toBlock());
        }
        Optional<Champion> champion = sync().champion()
                .filter(best -> best.digest().equals(transferred.header().prevBlockDigest()));
        if (champion.isEmpty()) {
            return Reaction.NONE;
        }
        HashedBlock block = conversation.chain().hashed(transferred.toBlock());
        if (new HeaderValidation(conversation.node().network())
                .firstBroken(champion.get().header(), block.headerWithWitness())
                .isPresent()) {
            return Reaction.punish(
                    new NegativePeerSanction.InvalidBlock(block.header().height(), block.digest()));
        }
        sync().showed(peer, block.header().height());
        // If it is one too many, it is announced again at the end: then all are asked for their tips.
        sync().extended(peer, block);
        return Reaction.NONE;
    }

    List<Reaction> onValidatedBlock(AuthenticatedBlock sent) throws StoreException, InterruptedException {
        Optional<MmrAccumulator> anchor = sync().anchor();
        if (anchor.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync());
        }
        if (sent.block().header().height().isGenesis()) {
            return Reaction.punish(new NegativePeerSanction.InvalidTransferBlock());
        }
        if (!sync().isMissing(peer, sent.block().header().height())) {
            return Reaction.NONE;
        }
        HashedBlock block = conversation.chain().hashed(sent.block().toBlock());
        if (!isOf(anchor.get(), block, sent)) {
            return sync().wasOfLastAnchor(block, sent.membershipProof())
                    ? Reaction.NONE
                    : Reaction.punish(new NegativePeerSanction.InvalidBlockMmrAuthentication());
        }
        sync().arrived(peer, block, sent.membershipProof());
        return Reaction.NONE;
    }

    private static boolean isOf(MmrAccumulator anchor, HashedBlock block, AuthenticatedBlock sent) {
        return anchor.contains(block.header().height().value(), block.digest(), sent.membershipProof());
    }

    /** Never asked for; what comes is used if it is of the chain that is fetched. */
    List<Reaction> onBlockResponseBatch(List<AuthenticatedBlock> batch) throws StoreException, InterruptedException {
        if (batch.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.TooShortBlockBatch());
        }
        Optional<MmrAccumulator> anchor = sync().anchor();
        if (anchor.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync());
        }
        Digest parent = batch.getFirst().block().header().prevBlockDigest();
        if (conversation.chain().snapshot().header(parent).isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.BatchBlocksInvalidStartHeight());
        }
        List<HashedBlock> blocks = new ArrayList<>();
        for (AuthenticatedBlock sent : batch) {
            if (sent.block().header().height().isGenesis()) {
                return Reaction.punish(new NegativePeerSanction.InvalidTransferBlock());
            }
            HashedBlock block = conversation.chain().hashed(sent.block().toBlock());
            if (!isOf(anchor.get(), block, sent)) {
                return Reaction.punish(new NegativePeerSanction.InvalidBlockMmrAuthentication());
            }
            blocks.add(block);
        }
        return submit(blocks);
    }

    private List<Reaction> submit(List<HashedBlock> blocks) throws StoreException, InterruptedException {
        for (int i = 1; i < blocks.size(); i++) {
            HashedBlock block = blocks.get(i);
            if (!block.header().prevBlockDigest().equals(blocks.get(i - 1).digest())) {
                return Reaction.punish(
                        new NegativePeerSanction.InvalidBlock(block.header().height(), block.digest()));
            }
        }
        return reconciliation.submit(blocks);
    }

    List<Reaction> onUnableToSatisfyBatchRequest() {
        sync().declined(peer);
        return Reaction.note("cannot give what it was asked for");
    }

    List<Reaction> onSyncCoverage(TransferSyncBitMask mask) {
        Optional<BlockCoverage> coverage = BlockCoverage.of(mask);
        if (coverage.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.InvalidSyncCoverage());
        }
        sync().covers(peer, coverage.get());
        return Reaction.NONE;
    }
}
