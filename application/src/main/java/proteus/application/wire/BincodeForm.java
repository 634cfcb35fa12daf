package proteus.application.wire;

import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.Claim;
import proteus.domain.block.Difficulty;
import proteus.domain.block.ProofOfWork;
import proteus.domain.block.TransferBlock;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.peer.HandshakeData;
import proteus.domain.transaction.TransactionKernel;

/**
 * The bincode form of one type, in either integer width.
 *
 * <p>For values that stand alone, in files and in stores; messages have {@link PeerMessageCodec}. Safe for use by many
 * threads.
 *
 * @param <T> the type
 */
public final class BincodeForm<T> {

    /** A block with its tagged proof. */
    public static final BincodeForm<Block> BLOCK = new BincodeForm<>(BlockCodec::readBlock, BlockCodec::write);

    /** A block as messages carry it. */
    public static final BincodeForm<TransferBlock> TRANSFER_BLOCK =
            new BincodeForm<>(BlockCodec::readTransferBlock, BlockCodec::write);

    /** A block's header. */
    public static final BincodeForm<BlockHeader> BLOCK_HEADER =
            new BincodeForm<>(BlockCodec::readHeader, BlockCodec::write);

    /** A header with what its block's hash needs. */
    public static final BincodeForm<BlockHeaderWithBlockHashWitness> BLOCK_HEADER_WITH_WITNESS =
            new BincodeForm<>(BlockCodec::readHeaderWithWitness, BlockCodec::write);

    /** The difficulty of one block. */
    public static final BincodeForm<Difficulty> DIFFICULTY =
            new BincodeForm<>(BlockCodec::readDifficulty, BlockCodec::write);

    /** The work of a chain. */
    public static final BincodeForm<ProofOfWork> PROOF_OF_WORK =
            new BincodeForm<>(BlockCodec::readProofOfWork, BlockCodec::write);

    /** What a proof shows. */
    public static final BincodeForm<Claim> CLAIM = new BincodeForm<>(BlockCodec::readClaim, BlockCodec::write);

    /** A transaction without its proof. */
    public static final BincodeForm<TransactionKernel> TRANSACTION_KERNEL =
            new BincodeForm<>(TransactionCodec::readKernel, TransactionCodec::write);

    /** The mutator set, reduced. */
    public static final BincodeForm<MutatorSetAccumulator> MUTATOR_SET_ACCUMULATOR =
            new BincodeForm<>(MutatorSetCodec::readAccumulator, MutatorSetCodec::write);

    /** What a node says about itself. */
    public static final BincodeForm<HandshakeData> HANDSHAKE_DATA =
            new BincodeForm<>(HandshakeCodec::readData, HandshakeCodec::write);

    private final BincodeReader.Element<T> reader;
    private final BincodeWriter.Element<T> writer;

    private BincodeForm(BincodeReader.Element<T> reader, BincodeWriter.Element<T> writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * The bytes of {@code value}.
     *
     * @throws IllegalArgumentException if they are more than {@link PeerMessageCodec#MAX_BYTES}
     */
    public byte[] encode(T value, IntegerWidth width) {
        BincodeWriter out = new BincodeWriter(width, PeerMessageCodec.MAX_BYTES);
        writer.write(out, value);
        return out.toByteArray();
    }

    /**
     * The value that {@code bytes} are; in fixed width, bytes after it are ignored.
     *
     * @throws MalformedMessageException if they are no such value
     */
    public T decode(byte[] bytes, IntegerWidth width) throws MalformedMessageException {
        BincodeReader in = new BincodeReader(bytes, 0, bytes.length, width);
        T value = reader.read(in);
        in.finish();
        return value;
    }
}
