package proteus.application.samples;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.block.ProofOfWork;
import proteus.domain.block.TransferBlock;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/** Blocks, transactions and their parts: right in form, nonsense in content. One seed gives the same values again. */
public final class RandomBlocks {

    private final RandomNumbers numbers;

    /** Values drawn from {@code random}. */
    public RandomBlocks(RandomGenerator random) {
        this.numbers = new RandomNumbers(random);
    }

    BlockHeight height() {
        return new BlockHeight(numbers.fieldElement());
    }

    NativeCurrencyAmount amount() {
        return new NativeCurrencyAmount(numbers.flag() ? numbers.below(3) - 1L : numbers.u64(), numbers.u64());
    }

    Proof proof() {
        return new Proof(numbers.fieldElements());
    }

    AdditionRecord additionRecord() {
        return new AdditionRecord(numbers.digest());
    }

    MmrAccumulator mmr() {
        return new MmrAccumulator(numbers.u64(), numbers.digests(numbers.below(4)));
    }

    MmrMembershipProof membershipProof() {
        return new MmrMembershipProof(numbers.digests(numbers.below(4)));
    }

    MutatorSetAccumulator mutatorSet() {
        return new MutatorSetAccumulator(mmr(), mmr(), new ActiveWindow(numbers.words()));
    }

    private ChunkDictionary.Entry dictionaryEntry() {
        return new ChunkDictionary.Entry(numbers.u64(), membershipProof(), new Chunk(numbers.words()));
    }

    private RemovalRecord removalRecord() {
        return new RemovalRecord(
                new AbsoluteIndexSet(numbers.flag() ? 0 : numbers.u64(), numbers.u64(), numbers.words(45)),
                new ChunkDictionary(upTo(4, this::dictionaryEntry)));
    }

    /** What a transaction does. */
    public TransactionKernel transactionKernel() {
        return new TransactionKernel(
                upTo(3, this::removalRecord),
                upTo(4, this::additionRecord),
                upTo(4, () -> new Announcement(numbers.fieldElements())),
                amount(),
                numbers.flag() ? Optional.empty() : Optional.of(amount()),
                new Timestamp(numbers.fieldElement()),
                numbers.digest(),
                numbers.flag());
    }

    ProofCollection proofCollection() {
        return new ProofCollection(
                proof(),
                proof(),
                upTo(3, this::proof),
                proof(),
                proof(),
                upTo(3, this::proof),
                numbers.digests(numbers.below(3)),
                numbers.digests(numbers.below(3)),
                numbers.digest(),
                numbers.digest(),
                numbers.digest(),
                numbers.digests(numbers.below(4)));
    }

    /** A block's header. */
    public BlockHeader header() {
        return new BlockHeader(
                numbers.fieldElement(),
                height(),
                numbers.digest(),
                new Timestamp(numbers.fieldElement()),
                new BlockPow(
                        numbers.digest(),
                        numbers.digests(BlockPow.PATH_LENGTH),
                        numbers.digests(BlockPow.PATH_LENGTH),
                        numbers.digest()),
                proofOfWork(),
                new Difficulty(numbers.words(Difficulty.LIMBS)),
                new GuesserReceiverData(numbers.digest(), numbers.digest()));
    }

    ProofOfWork proofOfWork() {
        return new ProofOfWork(numbers.words(ProofOfWork.LIMBS));
    }

    BlockHeaderWithBlockHashWitness headerWithWitness() {
        return new BlockHeaderWithBlockHashWitness(
                header(), new HeaderToBlockHashWitness(numbers.digest(), numbers.digest(), numbers.digest()));
    }

    private BlockBody body() {
        return new BlockBody(transactionKernel(), mutatorSet(), mmr(), mmr());
    }

    private BlockAppendix appendix() {
        return new BlockAppendix(upTo(
                3, () -> new Claim(numbers.digest(), numbers.u32(), numbers.fieldElements(), numbers.fieldElements())));
    }

    /** A block as messages carry it. */
    public TransferBlock transferBlock() {
        return new TransferBlock(header(), body(), appendix(), proof());
    }

    /** A block with any kind of proof. */
    public Block block() {
        BlockProof proof = switch (numbers.below(3)) {
            case 0 -> new BlockProof.Genesis();
            case 1 -> new BlockProof.Invalid();
            default -> new BlockProof.SingleProof(proof());
        };
        return new Block(new BlockKernel(header(), body(), appendix()), proof);
    }

    private <T> List<T> upTo(int most, Supplier<T> element) {
        return Stream.generate(element).limit(numbers.below(most + 1)).toList();
    }
}
