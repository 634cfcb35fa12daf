package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import proteus.domain.block.Block;
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
     * The verdict on {@code block}, its proof of work included. What is cheap comes first: of a block without work nothing
     * is unpacked or verified.
     *
     * @param parent valid
     */
    public BlockVerdict judge(ParentBlock parent, Block block, Timestamp now) {
        return judge(parent, HashedBlock.of(block), now);
    }

    /** The same for a block that may have been hashed already. */
    public BlockVerdict judge(ParentBlock parent, HashedBlock block, Timestamp now) {
        return checks(parent, block, now).judge();
    }

    /**
     * The verdict on {@code block} but for its proof of work. Upstream: {@code validate}.
     *
     * @param parent valid
     */
    public BlockVerdict validate(ParentBlock parent, Block block, Timestamp now) {
        return validityChecks(parent, BlockCandidate.of(network, block), now).judge();
    }

    /** The verdict on {@code block} as far as it can be told without its parent, but for its proof of work. */
    public BlockVerdict validateAlone(Block block, Timestamp now) {
        BlockCandidate candidate = BlockCandidate.of(network, block);
        StandAloneRules alone = new StandAloneRules(candidate, now);
        return new BlockChecks(cheap(alone).toList(), costly(candidate, alone).toList()).judge();
    }

    /**
     * The parts of {@link #judge}: {@link #verdict} of what they all say is the verdict. Does nothing yet; all is done when
     * a part is asked, and what two parts need is done once. Who runs parts side by side judges {@link BlockChecks#first}
     * before the others.
     *
     * @param parent valid
     */
    public BlockChecks checks(ParentBlock parent, HashedBlock block, Timestamp now) {
        return checks(parent, BlockCandidate.of(network, block), now);
    }

    /**
     * The parts of the judgement of a proposal: all those of {@link #checks} but the proof of work, which a proposal has not
     * yet. Upstream: {@code is_valid}.
     *
     * @param parent valid
     */
    public BlockChecks checksOfProposal(ParentBlock parent, HashedBlock proposal, Timestamp now) {
        return validityChecks(parent, BlockCandidate.of(network, proposal), now);
    }

    BlockChecks checks(ParentBlock parent, BlockCandidate candidate, Timestamp now) {
        BlockChecks validity = validityChecks(parent, candidate, now);
        BlockCheck work = () -> judgeWork(parent, candidate);
        return new BlockChecks(
                Stream.concat(Stream.of(work), validity.first().stream()).toList(), validity.rest());
    }

    /** The verdict when the parts of a judgement, in their order, say this. */
    public static BlockVerdict verdict(List<BlockVerdict> parts) {
        return BlockChecks.firstBad(
                parts.stream().<BlockCheck>map(part -> () -> part).toList());
    }

    private BlockChecks validityChecks(ParentBlock parent, BlockCandidate candidate, Timestamp now) {
        StandAloneRules alone = new StandAloneRules(candidate, now);
        Stream<BlockCheck> ofParent = Stream.of(rules(new ParentRules(candidate, parent)::firstBroken));
        Stream<BlockCheck> ofState = Stream.of(
                rules(new StateRules(candidate, parent)::firstBroken),
                rules(new LustrationRules(candidate, parent)::firstBroken));
        return new BlockChecks(
                Stream.concat(ofParent, cheap(alone)).toList(),
                Stream.concat(costly(candidate, alone), ofState).toList());
    }

    private static Stream<BlockCheck> cheap(StandAloneRules alone) {
        return Stream.of(
                rules(alone::firstBrokenOfPlace), rules(alone::firstBrokenOfSize), rules(alone::firstBrokenOfValues));
    }

    private Stream<BlockCheck> costly(BlockCandidate candidate, StandAloneRules alone) {
        return Stream.of(rules(alone::firstBrokenOfContent), new ProofRules(candidate, verifier)::judge);
    }

    private BlockVerdict judgeWork(ParentBlock parent, BlockCandidate candidate) {
        return new ProofOfWorkCheck(network)
                                .onTopOf(parent.header(), candidate.hashed().headerWithWitness())
                        == WorkVerdict.ENOUGH
                ? new BlockVerdict.Valid()
                : new BlockVerdict.Invalid(BlockRule.PROOF_OF_WORK);
    }

    private static BlockCheck rules(Supplier<Optional<BlockRule>> firstBroken) {
        return () ->
                firstBroken.get().<BlockVerdict>map(BlockVerdict.Invalid::new).orElseGet(BlockVerdict.Valid::new);
    }
}
