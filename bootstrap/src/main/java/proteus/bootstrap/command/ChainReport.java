package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.ForkChoice;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/** Judges blocks one by one and says what came of it. */
final class ChainReport {

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
    int judge(List<ParentBlock> blocks, Timestamp now) {
        boolean good = blocks.stream().allMatch(block -> isGood(block, now));
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

    private boolean isGood(ParentBlock block, Timestamp now) {
        if (chain.containsKey(block.digest())) {
            valid++;
            return true;
        }
        ParentBlock parent = chain.get(block.header().prevBlockDigest());
        if (parent == null) {
            out.printf(
                    "%s cannot be judged: its parent %s is not in the file%n",
                    name(block), block.header().prevBlockDigest());
            return false;
        }
        return switch (validation.judge(parent, block.block(), now)) {
            case BlockVerdict.Valid() -> {
                valid++;
                yield accept(block);
            }
            case BlockVerdict.NotVerified _ -> {
                unverified++;
                yield accept(block);
            }
            case BlockVerdict.Invalid(var rule) -> {
                out.printf("%s is INVALID: it breaks %s%n", name(block), name(rule));
                yield false;
            }
        };
    }

    private boolean accept(ParentBlock block) {
        chain.put(block.digest(), block);
        if (ForkChoice.replaces(block.header(), tip.header())) {
            tip = block;
        }
        return true;
    }

    private static String name(ParentBlock block) {
        return "block " + block.header().height() + ", " + block.digest() + ",";
    }

    private static String name(BlockRule rule) {
        return (rule.number() + " " + rule.upstreamName()).strip();
    }
}
