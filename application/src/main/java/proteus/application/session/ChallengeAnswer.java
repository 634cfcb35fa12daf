package proteus.application.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.PeerMessage.SyncChallenge;
import proteus.domain.peer.PeerMessage.SyncChallengeResponse;
import proteus.domain.peer.SyncBlockPair;

/**
 * Shows a peer the part of this node's chain that it asks to see. Genesis is never shown.
 *
 * <p>Source: neptune-cash 0.19.4, {@code state/mod.rs}; protocol page "behaviour", section 5.3.
 *
 * @param chain as of one moment
 */
record ChallengeAnswer(ChainSnapshot chain) {

    private static final BlockHeight LEAST_HEIGHT = new BlockHeight(2);
    private static final BlockHeight LEAST_TIP = new BlockHeight(SyncChallenge.SIZE);

    /** The answer; empty if there is none. Reads 22 blocks and ten headers at most, and nothing for a bad challenge. */
    Optional<SyncChallengeResponse> to(SyncChallenge challenge) throws StoreException {
        Optional<BlockHeight> height = chain.header(challenge.tipDigest())
                .map(stored -> stored.header().height())
                .filter(tip -> tip.compareTo(LEAST_TIP) >= 0);
        if (height.isEmpty() || !canShow(challenge.challenges(), height.get())) {
            return Optional.empty();
        }
        List<SyncBlockPair> pairs = new ArrayList<>();
        List<MmrMembershipProof> paths = new ArrayList<>();
        long leafCount = height.get().value() + 1;
        for (BlockHeight challenged : challenge.challenges()) {
            Optional<MmrMembershipProof> path = chain.path(challenged, leafCount);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            paths.add(path.get());
            pairs.add(pair(chain.digestAt(challenged).orElseThrow()));
        }
        SyncBlockPair end = pair(challenge.tipDigest());
        return Optional.of(
                new SyncChallengeResponse(pairs, paths, end.parent(), end.child(), witnesses(challenge.tipDigest())));
    }

    private boolean canShow(List<BlockHeight> heights, BlockHeight tip) {
        return heights.stream()
                .allMatch(height -> height.compareTo(LEAST_HEIGHT) >= 0
                        && height.compareTo(tip) < 0
                        && chain.digestAt(height).isPresent());
    }

    private SyncBlockPair pair(Digest child) throws StoreException {
        TransferBlock block = transfer(child);
        return new SyncBlockPair(transfer(block.header().prevBlockDigest()), block);
    }

    private TransferBlock transfer(Digest digest) throws StoreException {
        Block block = chain.block(digest).orElseThrow(() -> new IllegalStateException("a stored block is gone"));
        return TransferBlock.of(block).orElseThrow(() -> new IllegalStateException("a stored block has no proof"));
    }

    private List<BlockHeaderWithBlockHashWitness> witnesses(Digest tip) throws StoreException {
        List<BlockHeaderWithBlockHashWitness> witnesses = new ArrayList<>();
        Digest next = tip;
        while (witnesses.size() < SyncChallenge.SIZE) {
            BlockHeaderWithBlockHashWitness header =
                    chain.header(next).orElseThrow(() -> new IllegalStateException("a stored block is gone"));
            witnesses.add(header);
            next = header.header().prevBlockDigest();
        }
        return witnesses;
    }
}
