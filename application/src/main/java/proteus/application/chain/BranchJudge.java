package proteus.application.chain;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import proteus.domain.block.Block;
import proteus.domain.consensus.BlockCheck;
import proteus.domain.consensus.BlockChecks;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.Timestamp;

/** Judges blocks that stand on each other, as many of them and of their checks at once as the pool can. */
final class BranchJudge {

    /** So many blocks at most are judged after one that turns out bad, and their proofs held in memory twice. */
    static final int WINDOW = 16;

    private final BlockValidation validation;
    private final SideBySide work;
    private final InstantSource clock;

    BranchJudge(BlockValidation validation, SideBySide work, InstantSource clock) {
        this.validation = validation;
        this.work = work;
        this.clock = clock;
    }

    /** A block that is not valid, and why. */
    record Fault(HashedBlock block, BlockVerdict verdict) {}

    /** The blocks with their hashes. */
    List<HashedBlock> hashed(List<Block> blocks) throws InterruptedException {
        return work.all(blocks.stream()
                .<Callable<HashedBlock>>map(block -> () -> hashed(block))
                .toList());
    }

    /** The block with its size, and its hashes if that is at most {@code most}. */
    HashedBlock measured(Block block, int most) throws InterruptedException {
        Callable<HashedBlock> measuring = () -> {
            HashedBlock measured = HashedBlock.of(block);
            if (measured.size() <= most) {
                measured.digest();
            }
            return measured;
        };
        return work.all(List.of(measuring)).getFirst();
    }

    /** The hash of the block's body. */
    Digest bodyHash(Block block) throws InterruptedException {
        Callable<Digest> hashing = () -> HashedBlock.of(block).bodyHash();
        return work.all(List.of(hashing)).getFirst();
    }

    private static HashedBlock hashed(Block block) {
        HashedBlock hashed = HashedBlock.of(block);
        hashed.digest();
        return hashed;
    }

    /**
     * The first block that is not valid on top of the one before it.
     *
     * @param parent valid, the parent of the first
     */
    Optional<Fault> firstFault(ParentBlock parent, List<HashedBlock> branch) throws InterruptedException {
        ParentBlock before = parent;
        for (int from = 0; from < branch.size(); from += WINDOW) {
            List<HashedBlock> window = branch.subList(from, Math.min(branch.size(), from + WINDOW));
            Optional<Fault> fault = firstFaultInWindow(before, window);
            if (fault.isPresent()) {
                return fault;
            }
            before = ParentBlock.of(window.getLast());
        }
        return Optional.empty();
    }

    private Optional<Fault> firstFaultInWindow(ParentBlock parent, List<HashedBlock> window)
            throws InterruptedException {
        List<Callable<BlockVerdict>> judgements = new ArrayList<>();
        ParentBlock before = parent;
        for (HashedBlock block : window) {
            ParentBlock under = before;
            judgements.add(() -> verdict(under, block));
            before = ParentBlock.of(block);
        }
        List<BlockVerdict> verdicts = work.waitForAll(judgements);
        for (int i = 0; i < verdicts.size(); i++) {
            if (!(verdicts.get(i) instanceof BlockVerdict.Valid)) {
                return Optional.of(new Fault(window.get(i), verdicts.get(i)));
            }
        }
        return Optional.empty();
    }

    /** The verdict on one block. What is cheap to tell comes first, as its work, which makes a bad block dear; then all else. */
    BlockVerdict verdict(ParentBlock parent, HashedBlock block) throws InterruptedException {
        return verdict(validation.checks(parent, block, now()));
    }

    /** The verdict on a proposal, which has no work yet. */
    BlockVerdict verdictOnProposal(ParentBlock parent, HashedBlock proposal) throws InterruptedException {
        return verdict(validation.checksOfProposal(parent, proposal, now()));
    }

    private Timestamp now() {
        return new Timestamp(clock.millis());
    }

    private BlockVerdict verdict(BlockChecks checks) throws InterruptedException {
        List<Callable<BlockVerdict>> first = List.of(checks::judgeFirst);
        List<BlockVerdict> verdicts = new ArrayList<>(work.all(first));
        if (verdicts.getFirst() instanceof BlockVerdict.Valid) {
            verdicts.addAll(judged(checks.rest()));
        }
        return BlockValidation.verdict(verdicts);
    }

    private List<BlockVerdict> judged(List<BlockCheck> checks) throws InterruptedException {
        return work.all(checks.stream()
                .<Callable<BlockVerdict>>map(check -> check::judge)
                .toList());
    }
}
