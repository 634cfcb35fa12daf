package proteus.domain.consensus;

import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of the judgement of a block, in upstream's order: first those that cost no more than a look at the block and
 * its hash, then the rest.
 *
 * <p>What a stranger sends should not be looked at further before the first parts have found it good: until then it costs
 * the stranger nothing, and the rest unpacks the inputs and has proofs verified.
 *
 * @param first work, place in the chain, time, size, version and amounts; to be judged one after the other
 * @param rest inputs, proof, mutator set and lustration; can be judged side by side
 */
public record BlockChecks(List<BlockCheck> first, List<BlockCheck> rest) {

    public BlockChecks {
        first = List.copyOf(first);
        rest = List.copyOf(rest);
    }

    /** All parts, in upstream's order. */
    public List<BlockCheck> all() {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    /** The verdict of all parts, one after the other; the first broken rule ends it. */
    public BlockVerdict judge() {
        return firstBad(all());
    }

    /** The verdict of the first parts alone, one after the other; the first broken rule ends it. */
    public BlockVerdict judgeFirst() {
        return firstBad(first);
    }

    /** The first broken rule; if there is none, but a part could not tell, that. */
    static BlockVerdict firstBad(List<BlockCheck> checks) {
        BlockVerdict sofar = new BlockVerdict.Valid();
        for (BlockCheck check : checks) {
            BlockVerdict next = check.judge();
            switch (next) {
                case BlockVerdict.Valid() -> {}
                case BlockVerdict.Invalid _ -> {
                    return next;
                }
                case BlockVerdict.NotVerified _ -> sofar = next;
            }
        }
        return sofar;
    }
}
