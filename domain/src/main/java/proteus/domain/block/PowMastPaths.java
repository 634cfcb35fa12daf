package proteus.domain.block;

import java.util.List;
import proteus.domain.codec.FieldWriter;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * What a block's hash covers beside its proof of work, as paths up the trees of header, kernel and block.
 *
 * <p>With them a guess costs one hash of the proof of work and seven more. Source: neptune-consensus 0.19.4, {@code
 * pow.rs}; protocol page "consensus", section 5.2.
 *
 * @param pow the 3 digests beside the way from the proof of work to the header's hash, leaf level first
 * @param header the 2 digests beside the way from the header to the kernel's hash
 * @param kernel the digest beside the kernel: the proof's leaf
 */
public record PowMastPaths(List<Digest> pow, List<Digest> header, Digest kernel) {

    private static final int POW_LEAFS = 3;
    private static final int HEADER_LEAFS = 2;

    public PowMastPaths {
        if (pow.size() != POW_LEAFS || header.size() != HEADER_LEAFS) {
            throw new IllegalArgumentException(
                    "the paths have 3 and 2 digests, not " + pow.size() + " and " + header.size());
        }
        pow = List.copyOf(pow);
        header = List.copyOf(header);
    }

    /** The paths of the block that this header belongs to, if the witness is true. */
    public static PowMastPaths of(BlockHeaderWithBlockHashWitness header) {
        Digest[] leafs = BlockHash.headerLeafs(header.header());
        Digest lower = Tip5.hashPair(Tip5.hashPair(leafs[0], leafs[1]), Tip5.hashPair(leafs[2], leafs[3]));
        HeaderToBlockHashWitness witness = header.witness();
        return new PowMastPaths(
                List.of(leafs[5], Tip5.hashPair(leafs[6], leafs[7]), lower),
                List.of(witness.bodyLeaf(), Tip5.hashPair(witness.appendixLeaf(), Digest.ZERO)),
                witness.proofLeaf());
    }

    /** All paths in one digest, which guesses of the first rule sets commit to. */
    public Digest commit() {
        FieldWriter out = new FieldWriter(Digest.LENGTH * (POW_LEAFS + HEADER_LEAFS + 1));
        pow.forEach(out::digest);
        header.forEach(out::digest);
        return out.digest(kernel).hash();
    }

    /** The hash of the block with this proof of work. */
    public Digest blockHash(BlockPow solution) {
        Digest leaf = BlockHash.leaf(out -> BlockEncoding.writePow(out, solution));
        Digest headerHash = Tip5.hashPair(pow.get(2), Tip5.hashPair(Tip5.hashPair(leaf, pow.get(0)), pow.get(1)));
        Digest body = Tip5.hashPair(BlockHash.leafOf(headerHash), header.get(0));
        return Tip5.hashPair(BlockHash.leafOf(Tip5.hashPair(body, header.get(1))), kernel);
    }
}
