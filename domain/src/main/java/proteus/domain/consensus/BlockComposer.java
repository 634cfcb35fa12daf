package proteus.domain.consensus;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/**
 * Makes blocks on the networks with mock proofs, where nothing has to be proven. What it makes lacks the work of a
 * {@link Guesser} and keeps all other rules, if what it is given does.
 *
 * <p>Pure and safe for use by many threads. Source: neptune-cash 0.19.4, mock composer; protocol page "consensus",
 * section 11.
 */
public final class BlockComposer {

    private static final BlockPow EMPTY_POW = new BlockPow(
            Digest.ZERO,
            Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO),
            Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO),
            Digest.ZERO);

    private final Network network;

    /**
     * A composer for {@code network}.
     *
     * @throws IllegalArgumentException if it wants real proofs
     */
    public BlockComposer(Network network) {
        if (!NetworkParameters.of(network).usesMockProofs()) {
            throw new IllegalArgumentException("blocks of " + network.id() + " need real proofs");
        }
        this.network = network;
    }

    /**
     * The block with this content on top of {@code parent}; empty if the inputs cannot be removed, an input that may be
     * old is not shown, or more old coins would come out than there are.
     *
     * @param parent valid
     * @throws IllegalArgumentException if there are more inputs, outputs or announcements than a transaction has, or a
     *     chunk is too full to be packed
     */
    public Optional<Block> compose(ParentBlock parent, BlockContent content) {
        Optional<MutatorSetAccumulator> before = parent.mutatorSetAfter();
        Optional<MutatorSetAccumulator> after =
                before.flatMap(new MutatorSetUpdate(content.inputs(), content.outputs())::applyTo);
        Optional<MmrAccumulator> blocks = parent.block()
                .kernel()
                .body()
                .blockMmrAccumulator()
                .append(parent.digest())
                .map(MmrAccumulator.Appended::accumulator);
        if (before.isEmpty() || after.isEmpty() || blocks.isEmpty()) {
            return Optional.empty();
        }
        BlockBody body = new BlockBody(
                kernel(parent, content, before.get()),
                after.get(),
                parent.block().kernel().body().lockFreeMmrAccumulator(),
                blocks.get());
        return withLustration(parent, content, block(header(parent, content, EMPTY_POW), body));
    }

    /**
     * A proposal as its guesser wants it: of this time, and so with another difficulty, and for this receiver. Whoever made
     * the proposal has no say in either.
     *
     * @param parent the block that the proposal stands on
     * @param timestamp not before that of the proposal's transaction
     */
    public Block forGuesser(ParentBlock parent, Block proposal, Timestamp timestamp, GuesserReceiverData guesser) {
        BlockHeader proposed = proposal.kernel().header();
        BlockHeader header = header(parent, proposed.version(), timestamp, guesser, proposed.pow());
        return new Block(
                new BlockKernel(
                        header, proposal.kernel().body(), proposal.kernel().appendix()),
                proposal.proof());
    }

    /**
     * The earliest time from {@code now} on that a block on top of {@code parent} may have; later than now if the parent is
     * too young.
     */
    public Timestamp earliest(BlockHeader parent, Timestamp now) {
        Timestamp least = parent.timestamp().plus(NetworkParameters.of(network).minimumBlockTime());
        return least.compareTo(now) > 0 ? least : now;
    }

    private TransactionKernel kernel(ParentBlock parent, BlockContent content, MutatorSetAccumulator before) {
        List<RemovalRecord> packed = RemovalRecordList.pack(
                content.inputs(), before.aocl().leafCount(), BlockCandidate.packing(rules(parent)));
        return new TransactionKernel(
                packed,
                content.outputs(),
                content.announcements(),
                content.fee(),
                content.coinbase(),
                content.timestamp(),
                before.hash(),
                true);
    }

    private Optional<Block> withLustration(ParentBlock parent, BlockContent content, Block block) {
        BlockCandidate candidate = BlockCandidate.of(network, block);
        if (!candidate.lustrates()) {
            return Optional.of(block);
        }
        return new LustrationRules(candidate, parent)
                .expected()
                .map(status -> block(
                        header(parent, content, status.in(EMPTY_POW)),
                        block.kernel().body()));
    }

    private Block block(BlockHeader header, BlockBody body) {
        ConsensusRuleSet rules = ConsensusRuleSet.at(network, header.height().value());
        BlockAppendix appendix =
                new BlockAppendix(List.of(BlockClaims.transactionValidity(rules, body.transactionKernel())));
        return new Block(new BlockKernel(header, body, appendix), new BlockProof.SingleProof(MockProofs.VALID));
    }

    private BlockHeader header(ParentBlock parent, BlockContent content, BlockPow pow) {
        return header(parent, 0, content.timestamp(), content.guesser(), pow);
    }

    private BlockHeader header(
            ParentBlock parent, long version, Timestamp timestamp, GuesserReceiverData guesser, BlockPow pow) {
        BlockHeader before = parent.header();
        Difficulty difficulty = DifficultyControl.next(NetworkParameters.of(network), before, timestamp);
        BlockHeight height = before.height().next();
        Difficulty counting = rules(parent).usesOwnDifficulty() ? difficulty : before.difficulty();
        return new BlockHeader(
                version,
                height,
                parent.digest(),
                timestamp,
                pow,
                before.cumulativeProofOfWork().plus(counting),
                difficulty,
                guesser);
    }

    private ConsensusRuleSet rules(ParentBlock parent) {
        return ConsensusRuleSet.at(network, parent.header().height().next().value());
    }
}
