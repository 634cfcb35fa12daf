package proteus.domain.consensus;

import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.PowMastPaths;
import proteus.domain.hash.Digest;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/**
 * Whether a block has enough proof of work. A header and its witness suffice.
 *
 * <p>Pure and safe for use by many threads. Source: neptune-consensus 0.19.4, {@code block/mod.rs} and {@code pow.rs};
 * protocol page "consensus", sections 5.3 and 5.4.
 *
 * @param network whose rules apply
 */
public record ProofOfWorkCheck(Network network) {

    /** The verdict on a block whose parent is known. Upstream: {@code has_proof_of_work}. */
    public WorkVerdict onTopOf(BlockHeader parent, BlockHeaderWithBlockHashWitness block) {
        NetworkParameters parameters = NetworkParameters.of(network);
        BlockHeader header = block.header();
        if (DifficultyControl.resets(parameters, parent, header.timestamp())
                && header.difficulty().equals(DifficultyControl.genesis(parameters))) {
            return WorkVerdict.ENOUGH;
        }
        if (isTooLow(parent.difficulty())) {
            return WorkVerdict.PARENT_DIFFICULTY_TOO_LOW;
        }
        PowMastPaths paths = PowMastPaths.of(block);
        if (parameters.allowsMockProofOfWork() && meets(paths, header.pow(), parent.difficulty())) {
            return WorkVerdict.ENOUGH;
        }
        if (!rules(header).usesOwnDifficulty()) {
            return guess(header, paths, parent.difficulty());
        }
        return isTooLow(header.difficulty())
                ? WorkVerdict.DIFFICULTY_TOO_LOW
                : guess(header, paths, header.difficulty());
    }

    /**
     * The verdict on a block whose parent is not known: enough wherever only the parent could tell. Upstream: {@code
     * has_own_proof_of_work}.
     */
    public WorkVerdict alone(BlockHeaderWithBlockHashWitness block) {
        NetworkParameters parameters = NetworkParameters.of(network);
        BlockHeader header = block.header();
        if (!rules(header).usesOwnDifficulty()
                || parameters.difficultyResetInterval().isPresent()
                || parameters.allowsMockProofOfWork()) {
            return WorkVerdict.ENOUGH;
        }
        return isTooLow(header.difficulty())
                ? WorkVerdict.DIFFICULTY_TOO_LOW
                : guess(header, PowMastPaths.of(block), header.difficulty());
    }

    /**
     * The verdict on an announced header, which is a little stricter on regtest: the difficulty that counts must be met
     * there, not the parent's.
     */
    WorkVerdict announced(BlockHeader parent, BlockHeaderWithBlockHashWitness block) {
        NetworkParameters parameters = NetworkParameters.of(network);
        BlockHeader header = block.header();
        if (DifficultyControl.resets(parameters, parent, header.timestamp())) {
            return WorkVerdict.ENOUGH;
        }
        Difficulty difficulty = counting(parent, header);
        PowMastPaths paths = PowMastPaths.of(block);
        if (!parameters.allowsMockProofOfWork()) {
            return guess(header, paths, difficulty);
        }
        return meets(paths, header.pow(), difficulty) ? WorkVerdict.ENOUGH : WorkVerdict.THRESHOLD_NOT_MET;
    }

    /** The difficulty that a block adds to the chain's work. */
    Difficulty counting(BlockHeader parent, BlockHeader header) {
        return rules(header).usesOwnDifficulty() ? header.difficulty() : parent.difficulty();
    }

    private ConsensusRuleSet rules(BlockHeader header) {
        return ConsensusRuleSet.at(network, header.height().value());
    }

    private WorkVerdict guess(BlockHeader header, PowMastPaths paths, Difficulty difficulty) {
        ConsensusRuleSet rules = rules(header);
        BlockPow pow = header.pow();
        if (rules.needsMemoryHardGuesses()) {
            Digest commit = paths.commit();
            boolean fromParent = rules.growsGuessTreeFromParent();
            GuessTree tree =
                    new GuessTree(BlockPow.PATH_LENGTH, fromParent ? header.prevBlockDigest() : commit, fromParent);
            GuessTree.Places places = tree.places(pow.root(), commit, pow.nonce());
            if (!tree.contains(places.a(), pow.pathA(), pow.root())) {
                return WorkVerdict.PATH_A_INVALID;
            }
            if (!tree.contains(places.b(), pow.pathB(), pow.root())) {
                return WorkVerdict.PATH_B_INVALID;
            }
        }
        return meets(paths, pow, difficulty) ? WorkVerdict.ENOUGH : WorkVerdict.THRESHOLD_NOT_MET;
    }

    private static boolean meets(PowMastPaths paths, BlockPow pow, Difficulty difficulty) {
        return paths.blockHash(pow).compareTo(difficulty.target()) <= 0;
    }

    private static boolean isTooLow(Difficulty difficulty) {
        return difficulty.compareTo(Difficulty.MINIMUM) < 0;
    }
}
