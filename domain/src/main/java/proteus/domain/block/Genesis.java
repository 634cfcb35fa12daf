package proteus.domain.block;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.Utxo;

/**
 * The first block of a network, built by rule. Networks differ in two things: the number that goes into the commitments
 * of the premine, and the difficulty. Source: neptune-consensus 0.19.4, genesis block; neptune-primitives 0.19.4, {@code
 * network.rs}.
 *
 * @param block the block
 * @param digest its hash
 * @param witness what its header lacks to give that hash
 */
public record Genesis(Block block, Digest digest, HeaderToBlockHashWitness witness) {

    private static final Timestamp LAUNCH = new Timestamp(NetworkParameters.LAUNCH);

    /** Until when the premine is locked. */
    private static final Timestamp PREMINE_RELEASE = new Timestamp(1_754_913_600_000L);

    private static final NativeCurrencyAmount COINBASE = NativeCurrencyAmount.ofCoins(3_559_168);

    private static final Digest NONCE = new Digest(0, 0x0000fcefca46c809L, 0xda3f97528a19e8c3L, 0xf3a1a10f3888004dL, 0);
    private static final Digest ROOT = new Digest(
            0x49b65c974fa81f3eL, 0x6f2f87aec83ada68L, 0x236af11c284ed263L, 0xc5965b6ae3644d10L, 0x0f5a2b594d4b810aL);
    private static final Digest GUESSER_RECEIVER = new Digest(
            0x5472756d7020746fL, 0x20546f7572204665L, 0x646572616c205265L, 0x73657276652c2052L, 0x616d70696e672055L);
    private static final Digest GUESSER_LOCK_SCRIPT = new Digest(
            0x7020507265737375L, 0x72652043616d7061L, 0x69676e206f6e2050L, 0x6f77656c6c000000L, 0x0a57534a00000000L);

    /** The genesis block of {@code network}. Computes some hundreds of hashes; callers keep what it gives. */
    public static Genesis of(Network network) {
        List<AdditionRecord> outputs = Premine.entries().stream()
                .map(entry -> commitment(entry, NetworkParameters.of(network).number()))
                .toList();
        BlockBody body = new BlockBody(kernel(outputs), after(outputs), MmrAccumulator.EMPTY, MmrAccumulator.EMPTY);
        Block block = new Block(
                new BlockKernel(header(network), body, new BlockAppendix(List.of())), new BlockProof.Genesis());
        return new Genesis(block, BlockHash.of(block), BlockHash.witness(block));
    }

    /** The header. */
    public BlockHeader header() {
        return block.kernel().header();
    }

    private static BlockHeader header(Network network) {
        List<Digest> path = Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO);
        return new BlockHeader(
                0,
                new BlockHeight(0),
                Digest.ZERO,
                LAUNCH,
                new BlockPow(ROOT, path, path, NONCE),
                new ProofOfWork(U32Sequence.of(0, 0, 0, 0, 0, 0)),
                new Difficulty(U32Sequence.of(NetworkParameters.of(network).genesisDifficulty(), 0, 0, 0, 0)),
                new GuesserReceiverData(GUESSER_RECEIVER, GUESSER_LOCK_SCRIPT));
    }

    private static TransactionKernel kernel(List<AdditionRecord> outputs) {
        return new TransactionKernel(
                List.of(),
                outputs,
                List.of(),
                NativeCurrencyAmount.ZERO,
                Optional.of(COINBASE),
                LAUNCH,
                MutatorSetAccumulator.EMPTY.hash(),
                false);
    }

    /** The mutator set with these items in it, none of which has been removed. */
    private static MutatorSetAccumulator after(List<AdditionRecord> items) {
        return MutatorSetAccumulator.EMPTY.add(items).orElseThrow();
    }

    private static AdditionRecord commitment(Premine.Entry entry, int network) {
        Utxo utxo = new Utxo(
                entry.lockScriptHash(), List.of(Coin.nativeCurrency(entry.amount()), Coin.timeLock(PREMINE_RELEASE)));
        Digest senderRandomness = new Digest(network, 0, 0, 0, 0);
        return AdditionRecord.commit(utxo.hash(), senderRandomness, entry.receiverDigest());
    }
}
