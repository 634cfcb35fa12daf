package proteus.domain.block;

import proteus.domain.codec.FieldWriter;
import proteus.domain.mmr.MmrEncoding;
import proteus.domain.mutatorset.MutatorSetEncoding;
import proteus.domain.transaction.TransactionEncoding;

/** Blocks in BFieldCodec. Source: neptune-consensus 0.19.4. */
public final class BlockEncoding {

    private BlockEncoding() {}

    /** A whole header, fields in reverse order; 329 elements. */
    public static void write(FieldWriter out, BlockHeader header) {
        writeGuesserReceiverData(out, header.guesserReceiverData());
        out.bare(header.difficulty().limbs())
                .bare(header.cumulativeProofOfWork().limbs());
        writePow(out, header.pow());
        out.element(header.timestamp().millis())
                .digest(header.prevBlockDigest())
                .element(header.height().value())
                .element(header.version());
    }

    /** A body, fields in reverse order, each behind its length. */
    public static void write(FieldWriter out, BlockBody body) {
        out.prefixed(mmr -> MmrEncoding.write(mmr, body.blockMmrAccumulator()))
                .prefixed(mmr -> MmrEncoding.write(mmr, body.lockFreeMmrAccumulator()))
                .prefixed(set -> MutatorSetEncoding.write(set, body.mutatorSetAccumulator()))
                .prefixed(kernel -> TransactionEncoding.write(kernel, body.transactionKernel()));
    }

    /** An appendix. */
    public static void write(FieldWriter out, BlockAppendix appendix) {
        out.prefixed(claims -> claims.listOfDynamic(appendix.claims(), BlockEncoding::write));
    }

    /** A claim. */
    public static void write(FieldWriter out, Claim claim) {
        out.prefixed(output -> output.list(claim.output()))
                .prefixed(input -> input.list(claim.input()))
                .element(Integer.toUnsignedLong(claim.version()))
                .digest(claim.programDigest());
    }

    /** A block's proof, with its kind. */
    public static void write(FieldWriter out, BlockProof proof) {
        switch (proof) {
            case BlockProof.Genesis() -> out.element(0);
            case BlockProof.Invalid() -> out.element(1);
            case BlockProof.SingleProof(var single) ->
                out.element(2).prefixed(elements -> TransactionEncoding.write(elements, single));
        }
    }

    /** A kernel. */
    public static void write(FieldWriter out, BlockKernel kernel) {
        out.prefixed(appendix -> write(appendix, kernel.appendix())).prefixed(body -> write(body, kernel.body()));
        write(out, kernel.header());
    }

    /** A whole block; its length is the block's size by consensus. */
    public static void write(FieldWriter out, Block block) {
        out.prefixed(proof -> write(proof, block.proof())).prefixed(kernel -> write(kernel, block.kernel()));
    }

    static void writePow(FieldWriter out, BlockPow pow) {
        out.digest(pow.nonce());
        pow.pathB().forEach(out::digest);
        pow.pathA().forEach(out::digest);
        out.digest(pow.root());
    }

    static void writeGuesserReceiverData(FieldWriter out, GuesserReceiverData data) {
        out.digest(data.lockScriptHash()).digest(data.receiverDigest());
    }
}
