package proteus.application.wire.json;

import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;

/** Mountain ranges. Source: twenty-first 3.1.1. */
final class MmrJson {

    private static final MmrMembershipProof EMPTY_PROOF = new MmrMembershipProof(List.of());

    private MmrJson() {}

    static MmrAccumulator readAccumulator(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var leafCount = members.member("leaf_count", JsonReader::u64);
        var peaks = members.member("peaks", JsonReader::digests);
        members.read();
        return new MmrAccumulator(leafCount.value(), peaks.value());
    }

    static void write(JsonWriter out, MmrAccumulator accumulator) {
        out.startObject();
        out.member("leaf_count", accumulator.leafCount(), JsonWriter::u64);
        out.member("peaks", accumulator.peaks(), JsonWriter::digests);
        out.endObject();
    }

    static MmrMembershipProof readMembershipProof(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var authenticationPath = members.member("authentication_path", JsonReader::digests);
        members.read();
        List<Digest> path = authenticationPath.value();
        return path.isEmpty() ? EMPTY_PROOF : new MmrMembershipProof(path);
    }

    static void write(JsonWriter out, MmrMembershipProof proof) {
        out.startObject();
        out.member("authentication_path", proof.authenticationPath(), JsonWriter::digests);
        out.endObject();
    }
}
