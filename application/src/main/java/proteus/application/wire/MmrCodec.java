package proteus.application.wire;

import java.util.List;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;

/** Mountain ranges. Source: twenty-first 3.1.1. */
final class MmrCodec {

    private static final MmrMembershipProof EMPTY_PROOF = new MmrMembershipProof(List.of());

    private MmrCodec() {}

    static MmrAccumulator readAccumulator(BincodeReader in) throws MalformedMessageException {
        return new MmrAccumulator(in.u64(), in.digests());
    }

    static void write(BincodeWriter out, MmrAccumulator accumulator) {
        out.u64(accumulator.leafCount());
        out.digests(accumulator.peaks());
    }

    static MmrMembershipProof readMembershipProof(BincodeReader in) throws MalformedMessageException {
        List<Digest> path = in.digests();
        return path.isEmpty() ? EMPTY_PROOF : new MmrMembershipProof(path);
    }

    static void write(BincodeWriter out, MmrMembershipProof proof) {
        out.digests(proof.authenticationPath());
    }
}
