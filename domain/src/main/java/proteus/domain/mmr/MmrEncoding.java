package proteus.domain.mmr;

import proteus.domain.codec.FieldWriter;

/** Merkle mountain ranges in BFieldCodec. Source: twenty-first 3.1.1. */
public final class MmrEncoding {

    private MmrEncoding() {}

    /** An accumulator: its peaks behind their length, then the leaf count. */
    public static void write(FieldWriter out, MmrAccumulator accumulator) {
        out.prefixed(peaks -> peaks.list(accumulator.peaks())).u64(accumulator.leafCount());
    }

    /** A membership proof. */
    public static void write(FieldWriter out, MmrMembershipProof proof) {
        out.prefixed(path -> path.list(proof.authenticationPath()));
    }
}
