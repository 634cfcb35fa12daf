package proteus.domain.consensus;

import java.math.BigInteger;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.PowMastPaths;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/**
 * Looks for the nonce of a block by trying, on networks whose rules ask for nothing but a low hash.
 *
 * <p>Pure and safe for use by many threads. Many can look for one nonce if each begins at a random one of its own.
 */
public final class Guesser {

    private Guesser() {}

    /**
     * The block with a nonce that gives it enough work on top of its parent, and its announcement too; empty if none of
     * the tries did. A block that needs no work comes back with its first nonce.
     *
     * @param parent the parent's header
     * @param block its rule set must be {@link proteus.domain.network.ConsensusRuleSet#HARDFORK_BETA} or later
     * @param first the nonce that is tried first; the others have another element 0, one more each time
     * @param tries how many nonces are tried
     */
    public static Optional<Block> guess(Network network, BlockHeader parent, Block block, Digest first, long tries) {
        BlockHeader header = block.kernel().header();
        Difficulty difficulty = difficulty(NetworkParameters.of(network), parent, header);
        Digest target = difficulty.target();
        PowMastPaths paths = PowMastPaths.of(new BlockHeaderWithBlockHashWitness(header, BlockHash.witness(block)));
        Digest nonce = first;
        for (long tried = 0; tried < tries; tried++) {
            BlockPow pow = withNonce(header.pow(), nonce);
            if (paths.blockHash(pow).compareTo(target) <= 0) {
                return Optional.of(withPow(block, pow));
            }
            nonce = next(nonce);
        }
        return Optional.empty();
    }

    /** The difficulty that satisfies both those who check the block and those who check its announcement. */
    private static Difficulty difficulty(NetworkParameters network, BlockHeader parent, BlockHeader header) {
        if (DifficultyControl.resets(network, parent, header.timestamp())) {
            return Difficulty.of(BigInteger.ONE);
        }
        boolean parentIsHarder = parent.difficulty().compareTo(header.difficulty()) > 0;
        return network.allowsMockProofOfWork() && parentIsHarder ? parent.difficulty() : header.difficulty();
    }

    private static Digest next(Digest nonce) {
        return new Digest(BFieldElement.add(nonce.at(0), 1), nonce.at(1), nonce.at(2), nonce.at(3), nonce.at(4));
    }

    private static BlockPow withNonce(BlockPow pow, Digest nonce) {
        return new BlockPow(pow.root(), pow.pathA(), pow.pathB(), nonce);
    }

    private static Block withPow(Block block, BlockPow pow) {
        BlockHeader header = block.kernel().header();
        BlockHeader solved = new BlockHeader(
                header.version(),
                header.height(),
                header.prevBlockDigest(),
                header.timestamp(),
                pow,
                header.cumulativeProofOfWork(),
                header.difficulty(),
                header.guesserReceiverData());
        return new Block(
                new BlockKernel(solved, block.kernel().body(), block.kernel().appendix()), block.proof());
    }
}
