package proteus.domain.block;

import java.util.List;
import java.util.Optional;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.Utxo;

/**
 * What the guesser of a block gets: its fee, one half of it locked for three years. The block's body does not have these
 * outputs yet, since they depend on the block's hash. Source: neptune-consensus 0.19.4, {@code block/mod.rs}.
 */
public final class GuesserFee {

    /** How long the locked half stays locked, in milliseconds. */
    private static final long LOCK_MILLIS = 94_670_208_000L;

    private GuesserFee() {}

    /**
     * The outputs, locked half first: none for genesis, two for every other block, even without a fee; empty if the fee is
     * negative.
     */
    public static Optional<List<Utxo>> utxos(Block block) {
        BlockHeader header = block.kernel().header();
        NativeCurrencyAmount fee = block.kernel().body().transactionKernel().fee();
        if (header.height().isGenesis()) {
            return Optional.of(List.of());
        }
        if (fee.isNegative()) {
            return Optional.empty();
        }
        NativeCurrencyAmount locked = fee.half();
        NativeCurrencyAmount unlocked = fee.checkedSub(locked).orElseThrow();
        Timestamp release = new Timestamp(BFieldElement.add(header.timestamp().millis(), LOCK_MILLIS));
        Digest lockScript = header.guesserReceiverData().lockScriptHash();
        return Optional.of(List.of(
                new Utxo(lockScript, List.of(Coin.nativeCurrency(locked), Coin.timeLock(release))),
                new Utxo(lockScript, List.of(Coin.nativeCurrency(unlocked)))));
    }

    /** The records that add the outputs, in their order; empty if the fee is negative. */
    public static Optional<List<AdditionRecord>> additionRecords(Block block, Digest blockHash) {
        Digest receiver = block.kernel().header().guesserReceiverData().receiverDigest();
        return utxos(block)
                .map(utxos -> utxos.stream()
                        .map(utxo -> AdditionRecord.commit(utxo.hash(), blockHash, receiver))
                        .toList());
    }

    /**
     * The mutator set after {@code block}, which is that of its body and the outputs; empty if the fee is negative or the
     * body's set not consistent.
     */
    public static Optional<MutatorSetAccumulator> mutatorSetAfter(Block block, Digest blockHash) {
        return additionRecords(block, blockHash).flatMap(block.kernel().body().mutatorSetAccumulator()::add);
    }
}
