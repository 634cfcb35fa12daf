package proteus.application.wire;

import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.Claim;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.block.ProofOfWork;
import proteus.domain.block.TransferBlock;
import proteus.domain.transaction.Proof;

/** Blocks. Source: neptune-consensus and neptune-p2p 0.19.4. */
final class BlockCodec {

    /** The fewest bytes of a claim: a digest, a version, two empty lists. */
    private static final int LEAST_CLAIM = 5 + 1 + 1 + 1;

    private static final int LEAST_CLAIM_FIXED = 40 + 4 + 8 + 8;

    private BlockCodec() {}

    static BlockHeight readHeight(BincodeReader in) throws MalformedMessageException {
        return new BlockHeight(in.fieldElement());
    }

    static void write(BincodeWriter out, BlockHeight height) {
        out.u64(height.value());
    }

    static Difficulty readDifficulty(BincodeReader in) throws MalformedMessageException {
        return new Difficulty(in.words(Difficulty.LIMBS));
    }

    static void write(BincodeWriter out, Difficulty difficulty) {
        out.bareWords(difficulty.limbs());
    }

    static ProofOfWork readProofOfWork(BincodeReader in) throws MalformedMessageException {
        return new ProofOfWork(in.words(ProofOfWork.LIMBS));
    }

    static void write(BincodeWriter out, ProofOfWork work) {
        out.bareWords(work.limbs());
    }

    static BlockHeader readHeader(BincodeReader in) throws MalformedMessageException {
        return new BlockHeader(
                in.fieldElement(),
                readHeight(in),
                in.digest(),
                TransactionCodec.readTimestamp(in),
                readPow(in),
                readProofOfWork(in),
                readDifficulty(in),
                new GuesserReceiverData(in.digest(), in.digest()));
    }

    static void write(BincodeWriter out, BlockHeader header) {
        out.u64(header.version());
        write(out, header.height());
        out.digest(header.prevBlockDigest());
        TransactionCodec.write(out, header.timestamp());
        write(out, header.pow());
        write(out, header.cumulativeProofOfWork());
        write(out, header.difficulty());
        out.digest(header.guesserReceiverData().receiverDigest());
        out.digest(header.guesserReceiverData().lockScriptHash());
    }

    private static BlockPow readPow(BincodeReader in) throws MalformedMessageException {
        return new BlockPow(
                in.digest(),
                in.array(BlockPow.PATH_LENGTH, BincodeReader::digest),
                in.array(BlockPow.PATH_LENGTH, BincodeReader::digest),
                in.digest());
    }

    private static void write(BincodeWriter out, BlockPow pow) {
        out.digest(pow.root());
        out.array(pow.pathA(), BincodeWriter::digest);
        out.array(pow.pathB(), BincodeWriter::digest);
        out.digest(pow.nonce());
    }

    static BlockHeaderWithBlockHashWitness readHeaderWithWitness(BincodeReader in) throws MalformedMessageException {
        return new BlockHeaderWithBlockHashWitness(
                readHeader(in), new HeaderToBlockHashWitness(in.digest(), in.digest(), in.digest()));
    }

    static void write(BincodeWriter out, BlockHeaderWithBlockHashWitness header) {
        write(out, header.header());
        out.digest(header.witness().bodyLeaf());
        out.digest(header.witness().appendixLeaf());
        out.digest(header.witness().proofLeaf());
    }

    static BlockBody readBody(BincodeReader in) throws MalformedMessageException {
        return new BlockBody(
                TransactionCodec.readKernel(in),
                MutatorSetCodec.readAccumulator(in),
                MmrCodec.readAccumulator(in),
                MmrCodec.readAccumulator(in));
    }

    static void write(BincodeWriter out, BlockBody body) {
        TransactionCodec.write(out, body.transactionKernel());
        MutatorSetCodec.write(out, body.mutatorSetAccumulator());
        MmrCodec.write(out, body.lockFreeMmrAccumulator());
        MmrCodec.write(out, body.blockMmrAccumulator());
    }

    private static BlockAppendix readAppendix(BincodeReader in) throws MalformedMessageException {
        return new BlockAppendix(in.list(LEAST_CLAIM, LEAST_CLAIM_FIXED, BlockCodec::readClaim));
    }

    private static void write(BincodeWriter out, BlockAppendix appendix) {
        out.list(appendix.claims(), BlockCodec::write);
    }

    static Claim readClaim(BincodeReader in) throws MalformedMessageException {
        return new Claim(in.digest(), in.u32(), in.fieldElements(), in.fieldElements());
    }

    static void write(BincodeWriter out, Claim claim) {
        out.digest(claim.programDigest());
        out.u32(claim.version());
        out.fieldElements(claim.input());
        out.fieldElements(claim.output());
    }

    static TransferBlock readTransferBlock(BincodeReader in) throws MalformedMessageException {
        return new TransferBlock(readHeader(in), readBody(in), readAppendix(in), TransactionCodec.readProof(in));
    }

    static void write(BincodeWriter out, TransferBlock block) {
        write(out, block.header());
        write(out, block.body());
        write(out, block.appendix());
        TransactionCodec.write(out, block.proof());
    }

    static Block readBlock(BincodeReader in) throws MalformedMessageException {
        return new Block(new BlockKernel(readHeader(in), readBody(in), readAppendix(in)), readBlockProof(in));
    }

    static void write(BincodeWriter out, Block block) {
        write(out, block.kernel().header());
        write(out, block.kernel().body());
        write(out, block.kernel().appendix());
        write(out, block.proof());
    }

    private static BlockProof readBlockProof(BincodeReader in) throws MalformedMessageException {
        int variant = in.variant(3);
        if (variant == 0) {
            return new BlockProof.Genesis();
        }
        return variant == 1 ? new BlockProof.Invalid() : new BlockProof.SingleProof(TransactionCodec.readProof(in));
    }

    private static void write(BincodeWriter out, BlockProof proof) {
        switch (proof) {
            case BlockProof.Genesis() -> out.variant(0);
            case BlockProof.Invalid() -> out.variant(1);
            case BlockProof.SingleProof(Proof single) -> {
                out.variant(2);
                TransactionCodec.write(out, single);
            }
        }
    }

    static BlockWithParentAccumulator readWithParentAccumulator(BincodeReader in) throws MalformedMessageException {
        return new BlockWithParentAccumulator(readTransferBlock(in), MutatorSetCodec.readAccumulator(in));
    }

    static void write(BincodeWriter out, BlockWithParentAccumulator block) {
        write(out, block.block());
        MutatorSetCodec.write(out, block.parentAccumulator());
    }
}
