package proteus.domain.consensus;

import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.PowMastPaths;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;

/**
 * Looks for the nonce of a block by trying, on networks whose rules ask for nothing but a low hash.
 *
 * <p>Pure and safe for use by many threads. Many can look for one nonce if each begins at a random one of its own. Source:
 * neptune-cash 0.19.4, {@code mine_loop.rs}.
 */
public final class Guesser {

    private Guesser() {}

    /**
     * The block with a nonce whose hash meets the difficulty in its header; empty if none of the tries did. That is enough
     * work for the block and for its announcement, on every network; a block that needs less, or none, gets it too.
     *
     * @param block its rule set must be {@link proteus.domain.network.ConsensusRuleSet#HARDFORK_BETA} or later
     * @param first the nonce that is tried first; the others have another element 0, one more each time
     * @param tries how many nonces are tried
     */
    public static Optional<Block> guess(Block block, Digest first, long tries) {
        BlockHeader header = block.kernel().header();
        Digest target = header.difficulty().target();
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
