package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.ForkChoice;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/** Judges blocks one by one and says what came of it. */
final class ChainReport {

    /** So many blocks are judged before the first of them is told of: enough for many processors. */
    private static final int AT_ONCE = 256;

    private final PrintWriter out;
    private final Network network;
    private final BlockValidation validation;
    private final Map<Digest, ParentBlock> chain = new HashMap<>();
    private ParentBlock tip;
    private int valid;
    private int unverified;

    ChainReport(PrintWriter out, Network network, KnownClaims known) {
        this.out = out;
        this.network = network;
        this.validation = new BlockValidation(network, known);
        this.tip = ParentBlock.of(Genesis.of(network));
        chain.put(tip.digest(), tip);
    }

    /**
     * Judges all blocks up to the first bad one; returns the exit code.
     *
     * @param blocks lowest first
     */
    int judge(List<HashedBlock> blocks, Timestamp now) {
        boolean good = areGood(blocks, now);
        out.printf("%,d of %,d blocks are valid on %s%n", valid, blocks.size(), network.id());
        if (unverified > 0) {
            out.printf("%,d keep every rule that was checked, but their proofs were not verified%n", unverified);
        }
        if (good && !blocks.isEmpty()) {
            out.printf("the best of them: height %s, %s%n", tip.header().height(), tip.digest());
        }
        out.flush();
        return good && unverified == 0 && valid > 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What was found of a block whose parent is in the file, if that is valid. */
    private record Judged(HashedBlock block, Optional<BlockVerdict> verdict) {}

    /** Judges some blocks side by side, for each needs only its parent; and then tells of them in their order. */
    private boolean areGood(List<HashedBlock> blocks, Timestamp now) {
        Map<Digest, ParentBlock> parents = new HashMap<>(chain);
        blocks.forEach(block -> parents.putIfAbsent(block.digest(), ParentBlock.of(block)));
        for (int from = 0; from < blocks.size(); from += AT_ONCE) {
            List<Judged> judged = blocks.subList(from, Math.min(blocks.size(), from + AT_ONCE)).parallelStream()
                    .map(block -> judged(block, parents, now))
                    .toList();
            for (Judged each : judged) {
                if (!isGood(each)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Judged judged(HashedBlock block, Map<Digest, ParentBlock> parents, Timestamp now) {
        return new Judged(
                block,
                Optional.ofNullable(parents.get(block.header().prevBlockDigest()))
                        .map(parent -> validation.judge(parent, block, now)));
    }

    private boolean isGood(Judged judged) {
        HashedBlock block = judged.block();
        if (chain.containsKey(block.digest())) {
            valid++;
            return true;
        }
        Optional<BlockVerdict> verdict = judged.verdict();
        if (verdict.isEmpty() || !chain.containsKey(block.header().prevBlockDigest())) {
            out.printf(
                    "%s cannot be judged: its parent %s is not in the file%n",
                    name(block), block.header().prevBlockDigest());
            return false;
        }
        return switch (verdict.get()) {
            case BlockVerdict.Valid() -> {
                valid++;
                yield accept(block);
            }
            case BlockVerdict.NotVerified _ -> {
                unverified++;
                yield accept(block);
            }
            case BlockVerdict.Invalid(var rule) -> {
                out.printf("%s is INVALID: it breaks %s%n", name(block), rule.numberAndName());
                yield false;
            }
        };
    }

    private boolean accept(HashedBlock accepted) {
        ParentBlock block = ParentBlock.of(accepted);
        chain.put(block.digest(), block);
        if (ForkChoice.replaces(block.header(), tip.header())) {
            tip = block;
        }
        return true;
    }

    private static String name(HashedBlock block) {
        return "block " + block.header().height() + ", " + block.digest() + ",";
    }
}
