package proteus.domain.block;

import proteus.domain.codec.FieldWriter;
import proteus.domain.codec.FieldWriter.Encoding;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MastHash;
import proteus.domain.mmr.MmrEncoding;
import proteus.domain.mutatorset.MutatorSetEncoding;
import proteus.domain.transaction.TransactionHash;

/**
 * The hashes of blocks and their parts; a block's hash commits to its proof. Nothing is cached. Source:
 * neptune-consensus 0.19.4, {@code block/mod.rs}.
 */
public final class BlockHash {

    private BlockHash() {}

    /** The hash that names {@code block}. */
    public static Digest of(Block block) {
        return MastHash.of(leafOf(ofKernel(block.kernel())), proofLeaf(block.proof()));
    }

    /** The hash that names {@code block}. */
    public static Digest of(TransferBlock block) {
        return of(block.toBlock());
    }

    /** The hash of the block that this header belongs to, if the witness is true. */
    public static Digest of(BlockHeaderWithBlockHashWitness header) {
        HeaderToBlockHashWitness witness = header.witness();
        Digest kernel = MastHash.of(leafOf(ofHeader(header.header())), witness.bodyLeaf(), witness.appendixLeaf());
        return MastHash.of(leafOf(kernel), witness.proofLeaf());
    }

    /** What the header of {@code block} lacks to give its hash. */
    public static HeaderToBlockHashWitness witness(Block block) {
        return new HeaderToBlockHashWitness(
                leafOf(ofBody(block.kernel().body())),
                appendixLeaf(block.kernel().appendix()),
                proofLeaf(block.proof()));
    }

    /** The MAST hash of a kernel: header, body, appendix. */
    public static Digest ofKernel(BlockKernel kernel) {
        return MastHash.of(
                leafOf(ofHeader(kernel.header())), leafOf(ofBody(kernel.body())), appendixLeaf(kernel.appendix()));
    }

    /** The MAST hash of a header: a tree over its eight fields. */
    public static Digest ofHeader(BlockHeader header) {
        return MastHash.of(headerLeafs(header));
    }

    /** The leafs of a header's tree, in field order. */
    static Digest[] headerLeafs(BlockHeader header) {
        return new Digest[] {
            leaf(out -> out.element(header.version())),
            leaf(out -> out.element(header.height().value())),
            leaf(out -> out.digest(header.prevBlockDigest())),
            leaf(out -> out.element(header.timestamp().millis())),
            leaf(out -> BlockEncoding.writePow(out, header.pow())),
            leaf(out -> out.bare(header.cumulativeProofOfWork().limbs())),
            leaf(out -> out.bare(header.difficulty().limbs())),
            leaf(out -> BlockEncoding.writeGuesserReceiverData(out, header.guesserReceiverData()))
        };
    }

    /** The MAST hash of a body: transaction kernel, mutator set, lock-free MMR, block MMR. */
    public static Digest ofBody(BlockBody body) {
        return MastHash.of(
                leafOf(TransactionHash.of(body.transactionKernel())),
                leaf(out -> MutatorSetEncoding.write(out, body.mutatorSetAccumulator())),
                leaf(out -> MmrEncoding.write(out, body.lockFreeMmrAccumulator())),
                leaf(out -> MmrEncoding.write(out, body.blockMmrAccumulator())));
    }

    /** The size of {@code block} by consensus: the number of field elements in its encoding. */
    public static int size(Block block) {
        FieldWriter out = new FieldWriter();
        BlockEncoding.write(out, block);
        return out.size();
    }

    private static Digest appendixLeaf(BlockAppendix appendix) {
        return leaf(out -> BlockEncoding.write(out, appendix));
    }

    private static Digest proofLeaf(BlockProof proof) {
        return leaf(out -> BlockEncoding.write(out, proof));
    }

    /** A part that has a MAST hash of its own goes into the tree as the hash of that hash. */
    static Digest leafOf(Digest mastHash) {
        return leaf(out -> out.digest(mastHash));
    }

    static Digest leaf(Encoding encoding) {
        FieldWriter out = new FieldWriter();
        encoding.write(out);
        return out.hash();
    }
}
