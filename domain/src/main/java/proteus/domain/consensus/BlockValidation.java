package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.Timestamp;

/**
 * Judges blocks: every rule of upstream's in upstream's order, first the proof of work.
 *
 * <p>Pure and safe for use by many threads. Source: neptune-consensus 0.19.4, {@code block/mod.rs}; protocol page
 * "consensus", sections 5.4 and 6.
 */
public final class BlockValidation {

    private final Network network;
    private final ProofVerifier verifier;

    /**
     * The judge of the blocks of {@code network}.
     *
     * @param verifier of real proofs; networks with mock proofs do not ask it
     */
    public BlockValidation(Network network, ProofVerifier verifier) {
        this.network = network;
        this.verifier = NetworkParameters.of(network).usesMockProofs() ? new MockProofs() : verifier;
    }

    /**
     * The verdict on {@code block}, its proof of work included.
     *
     * @param parent valid
     */
    public BlockVerdict judge(ParentBlock parent, Block block, Timestamp now) {
        return firstBad(checks(parent, block, now));
    }

    /**
     * The verdict on {@code block} but for its proof of work. Upstream: {@code validate}.
     *
     * @param parent valid
     */
    public BlockVerdict validate(ParentBlock parent, Block block, Timestamp now) {
        return firstBad(
                validityChecks(parent, BlockCandidate.of(network, block), now).toList());
    }

    /** The verdict on {@code block} as far as it can be told without its parent, but for its proof of work. */
    public BlockVerdict validateAlone(Block block, Timestamp now) {
        return firstBad(standAloneChecks(BlockCandidate.of(network, block), now).toList());
    }

    /**
     * The parts of {@link #judge}, in upstream's order: {@link #verdict} of what they say is the verdict. Unpacks the
     * inputs at once; all else is done when a part is asked.
     *
     * @param parent valid
     */
    public List<BlockCheck> checks(ParentBlock parent, Block block, Timestamp now) {
        BlockCheck work = () -> judgeWork(parent, block);
        return Stream.concat(Stream.of(work), validityChecks(parent, BlockCandidate.of(network, block), now))
                .toList();
    }

    /** The verdict when the parts of a judgement, in their order, say this. */
    public static BlockVerdict verdict(List<BlockVerdict> parts) {
        return firstBad(parts.stream().<BlockCheck>map(part -> () -> part).toList());
    }

    /** The first broken rule; if there is none, but a part could not tell, that. Stops at a broken rule. */
    private static BlockVerdict firstBad(List<BlockCheck> checks) {
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

    private Stream<BlockCheck> validityChecks(ParentBlock parent, BlockCandidate candidate, Timestamp now) {
        return Stream.of(
                        Stream.of(rules(new ParentRules(candidate, parent)::firstBroken)),
                        standAloneChecks(candidate, now),
                        Stream.of(
                                rules(new StateRules(candidate, parent)::firstBroken),
                                rules(new LustrationRules(candidate, parent)::firstBroken)))
                .flatMap(checks -> checks);
    }

    private Stream<BlockCheck> standAloneChecks(BlockCandidate candidate, Timestamp now) {
        StandAloneRules alone = new StandAloneRules(candidate, now);
        return Stream.of(
                rules(alone::firstBrokenOfPlace),
                rules(alone::firstBrokenOfSize),
                rules(alone::firstBrokenOfValues),
                rules(alone::firstBrokenOfContent),
                new ProofRules(candidate, verifier)::judge);
    }

    private BlockVerdict judgeWork(ParentBlock parent, Block block) {
        BlockHeaderWithBlockHashWitness header =
                new BlockHeaderWithBlockHashWitness(block.kernel().header(), BlockHash.witness(block));
        return new ProofOfWorkCheck(network).onTopOf(parent.header(), header) == WorkVerdict.ENOUGH
                ? new BlockVerdict.Valid()
                : new BlockVerdict.Invalid(BlockRule.PROOF_OF_WORK);
    }

    private static BlockCheck rules(Supplier<Optional<BlockRule>> firstBroken) {
        return () ->
                firstBroken.get().<BlockVerdict>map(BlockVerdict.Invalid::new).orElseGet(BlockVerdict.Valid::new);
    }
}
