package proteus.domain.sync;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.Difficulty;
import proteus.domain.block.Genesis;
import proteus.domain.block.ProofOfWork;
import proteus.domain.consensus.DifficultyControl;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ProofOfWorkCheck;
import proteus.domain.consensus.WorkVerdict;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/**
 * The part of a chain that a peer showed in answer to a challenge.
 *
 * <p>Says whether it answers the challenge, and whether the work that it claims can be. That its blocks are valid is to be
 * judged apart, each on top of its parent. Pure; hashes blocks, which takes a while. Source: neptune-p2p 0.19.4, {@code
 * peer.rs}; protocol page "behaviour", section 5.4.
 *
 * @param network whose rules apply
 * @param pairs the blocks at the challenged heights, each with its parent; lowest first, not empty
 * @param paths of the higher block of each pair, relative to {@link #anchor}
 * @param tipParent the parent of the tip
 * @param tip the tip
 * @param witnesses the last headers of the chain, the tip's first
 */
public record ShownChain(
        Network network,
        List<Pair> pairs,
        List<MmrMembershipProof> paths,
        HashedBlock tipParent,
        HashedBlock tip,
        List<BlockHeaderWithBlockHashWitness> witnesses) {

    public ShownChain {
        pairs = List.copyOf(pairs);
        paths = List.copyOf(paths);
        witnesses = List.copyOf(witnesses);
        if (pairs.isEmpty() || paths.size() != pairs.size() || witnesses.isEmpty()) {
            throw new IllegalArgumentException(
                    pairs.size() + " pairs, " + paths.size() + " paths, " + witnesses.size() + " witnesses");
        }
    }

    /** A block and the one before it. */
    public record Pair(HashedBlock parent, HashedBlock child) {}

    /** All blocks of the chain up to the tip, which is appended; empty if the tip's range is not consistent. */
    public Optional<MmrAccumulator> anchor() {
        return tip.block()
                .kernel()
                .body()
                .blockMmrAccumulator()
                .append(tip.digest())
                .map(MmrAccumulator.Appended::accumulator);
    }

    /** Whether this answers that challenge, and no other. */
    public boolean answers(ClaimedTip claimed) {
        return !isGenesis(tip)
                && !isGenesis(tipParent)
                && pairs.stream()
                        .map(pair -> pair.child().header().height())
                        .toList()
                        .equals(claimed.heights())
                && tip.digest().equals(claimed.digest())
                && tip.header().cumulativeProofOfWork().equals(claimed.cumulativeProofOfWork())
                && new ProofOfWorkCheck(network).onTopOf(tipParent.header(), tip.headerWithWitness())
                        == WorkVerdict.ENOUGH
                && witnessesLeadBackFromTip();
    }

    private boolean witnessesLeadBackFromTip() {
        if (!BlockHash.of(witnesses.getFirst()).equals(tip.digest())) {
            return false;
        }
        for (int i = 1; i < witnesses.size(); i++) {
            if (!witnesses.get(i - 1).header().prevBlockDigest().equals(BlockHash.of(witnesses.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all blocks are of the one chain that ends with the tip, and none of them is genesis. */
    public boolean isOneChain() {
        Optional<MmrAccumulator> anchor = anchor();
        if (anchor.isEmpty()
                || anchor.get().leafCount() != tip.header().height().value() + 1) {
            return false;
        }
        for (int i = 0; i < pairs.size(); i++) {
            HashedBlock child = pairs.get(i).child();
            if (isGenesis(child)
                    || isGenesis(pairs.get(i).parent())
                    || !anchor.get().contains(child.header().height().value(), child.digest(), paths.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the chain can have got its work in so many blocks, and the shown ones look like those of such a chain.
     *
     * @param ownIsGenesis whether this node has no blocks yet: then it believes more
     */
    public boolean hasPlausibleWork(boolean ownIsGenesis) {
        return growsPossibly()
                && !isBelow(tip.header(), firstParent())
                && (ownIsGenesis || someDifficultyReachesTheAverage());
    }

    private boolean growsPossibly() {
        NetworkParameters parameters = NetworkParameters.of(network);
        List<BlockHeader> headers = new ArrayList<>(List.of(Genesis.of(network).header()));
        pairs.forEach(pair -> headers.add(pair.parent().header()));
        headers.add(tipParent.header());
        for (int i = 1; i < headers.size(); i++) {
            BlockHeader start = headers.get(i - 1);
            BlockHeader stop = headers.get(i);
            ProofOfWork most = DifficultyControl.maxCumulativePowAfter(
                    parameters,
                    start.cumulativeProofOfWork(),
                    start.difficulty(),
                    stop.height().value() - start.height().value());
            if (isBelow(stop, start) || most.compareTo(stop.cumulativeProofOfWork()) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean someDifficultyReachesTheAverage() {
        double work = tip.header()
                .cumulativeProofOfWork()
                .toBigInteger()
                .subtract(firstParent().cumulativeProofOfWork().toBigInteger())
                .doubleValue();
        double blocks = tip.header().height().value() - firstParent().height().value();
        return Stream.concat(
                        pairs.stream().flatMap(pair -> Stream.of(pair.parent(), pair.child())),
                        Stream.of(tipParent, tip))
                .anyMatch(block -> block.header().difficulty().toBigInteger().doubleValue() >= work / blocks);
    }

    /** Whether the challenged blocks alone are worth more than this difficulty. */
    public boolean outweighs(Difficulty difficulty) {
        ProofOfWork none = ProofOfWork.of(BigInteger.ZERO);
        ProofOfWork shown = none;
        for (Pair pair : pairs) {
            shown = shown.plus(pair.child().header().difficulty());
        }
        return shown.compareTo(none.plus(difficulty)) > 0;
    }

    private BlockHeader firstParent() {
        return pairs.getFirst().parent().header();
    }

    private static boolean isBelow(BlockHeader header, BlockHeader other) {
        return header.cumulativeProofOfWork().compareTo(other.cumulativeProofOfWork()) < 0;
    }

    private static boolean isGenesis(HashedBlock block) {
        return block.header().height().isGenesis();
    }
}
