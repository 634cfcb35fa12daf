package proteus.application.wire.json;

import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.PeerMessage.ArchivalMutatorSetRequest;
import proteus.domain.peer.PeerMessage.BlockRequestBatch;
import proteus.domain.peer.PeerMessage.SyncChallenge;
import proteus.domain.peer.PeerMessage.SyncChallengeResponse;
import proteus.domain.peer.PeerMessage.ValidatedBlockRequestByHeight;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.TransferSyncBitMask;

/** What nodes exchange while one of them catches up. Source: neptune-p2p 0.19.4. */
final class SyncJson {

    private SyncJson() {}

    static BlockRequestBatch readBatchRequest(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var knownBlocks = members.member("known_blocks", JsonReader::digests);
        var maxResponseLength = members.member("max_response_len", JsonReader::u64);
        var anchor = members.member("anchor", MmrJson::readAccumulator);
        members.read();
        return new BlockRequestBatch(knownBlocks.value(), maxResponseLength.value(), anchor.value());
    }

    static void write(JsonWriter out, BlockRequestBatch request) {
        out.startObject();
        out.member("known_blocks", request.knownBlocks(), JsonWriter::digests);
        out.member("max_response_len", request.maxResponseLength(), JsonWriter::u64);
        out.member("anchor", request.anchor(), MmrJson::write);
        out.endObject();
    }

    static AuthenticatedBlock readAuthenticatedBlock(JsonReader in) throws MalformedMessageException {
        return in.pair(BlockJson::readTransferBlock, MmrJson::readMembershipProof, AuthenticatedBlock::new);
    }

    static void write(JsonWriter out, AuthenticatedBlock block) {
        out.pair(block.block(), BlockJson::write, block.membershipProof(), MmrJson::write);
    }

    static SyncChallenge readChallenge(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var tipDigest = members.member("tip_digest", JsonReader::digest);
        var challenges =
                members.member("challenges", reader -> reader.array(SyncChallenge.SIZE, HeaderJson::readHeight));
        members.read();
        return new SyncChallenge(tipDigest.value(), challenges.value());
    }

    static void write(JsonWriter out, SyncChallenge challenge) {
        out.startObject();
        out.member("tip_digest", challenge.tipDigest(), JsonWriter::digest);
        out.member("challenges", challenge.challenges(), (o, heights) -> o.list(heights, HeaderJson::write));
        out.endObject();
    }

    static SyncChallengeResponse readChallengeResponse(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var blocks = members.member("blocks", reader -> reader.array(SyncChallenge.SIZE, SyncJson::readBlockPair));
        var membershipProofs = members.member(
                "membership_proofs", reader -> reader.array(SyncChallenge.SIZE, MmrJson::readMembershipProof));
        var tipParent = members.member("tip_parent", BlockJson::readTransferBlock);
        var tip = members.member("tip", BlockJson::readTransferBlock);
        var powWitnesses = members.member(
                "pow_witnesses", reader -> reader.array(SyncChallenge.SIZE, HeaderJson::readHeaderWithWitness));
        members.read();
        return new SyncChallengeResponse(
                blocks.value(), membershipProofs.value(), tipParent.value(), tip.value(), powWitnesses.value());
    }

    static void write(JsonWriter out, SyncChallengeResponse response) {
        out.startObject();
        out.member("blocks", response.blocks(), (o, pairs) -> o.list(pairs, SyncJson::write));
        out.member("membership_proofs", response.membershipProofs(), (o, proofs) -> o.list(proofs, MmrJson::write));
        out.member("tip_parent", response.tipParent(), BlockJson::write);
        out.member("tip", response.tip(), BlockJson::write);
        out.member("pow_witnesses", response.powWitnesses(), (o, headers) -> o.list(headers, HeaderJson::write));
        out.endObject();
    }

    private static SyncBlockPair readBlockPair(JsonReader in) throws MalformedMessageException {
        return in.pair(BlockJson::readTransferBlock, BlockJson::readTransferBlock, SyncBlockPair::new);
    }

    private static void write(JsonWriter out, SyncBlockPair pair) {
        out.pair(pair.parent(), BlockJson::write, pair.child(), BlockJson::write);
    }

    static TransferSyncBitMask readCoverage(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var lowerBound = members.member("lower_bound", JsonReader::u64);
        var upperBound = members.member("upper_bound", JsonReader::u64);
        var limbs = members.member("limbs", NumberLists::words);
        members.read();
        return new TransferSyncBitMask(lowerBound.value(), upperBound.value(), limbs.value());
    }

    static void write(JsonWriter out, TransferSyncBitMask coverage) {
        out.startObject();
        out.member("lower_bound", coverage.lowerBound(), JsonWriter::u64);
        out.member("upper_bound", coverage.upperBound(), JsonWriter::u64);
        out.member("limbs", coverage.limbs(), JsonWriter::words);
        out.endObject();
    }

    static ValidatedBlockRequestByHeight readValidatedRequest(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var height = members.member("height", HeaderJson::readHeight);
        var anchor = members.member("anchor", MmrJson::readAccumulator);
        members.read();
        return new ValidatedBlockRequestByHeight(height.value(), anchor.value());
    }

    static void write(JsonWriter out, ValidatedBlockRequestByHeight request) {
        out.startObject();
        out.member("height", request.height(), HeaderJson::write);
        out.member("anchor", request.anchor(), MmrJson::write);
        out.endObject();
    }

    static ArchivalMutatorSetRequest readSetRequest(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var blockHash = members.member("block_hash", JsonReader::digest);
        var nonce = members.member("nonce", JsonReader::digest);
        var offset = members.member("offset", JsonReader::u64);
        members.read();
        return new ArchivalMutatorSetRequest(blockHash.value(), nonce.value(), offset.value());
    }

    static void write(JsonWriter out, ArchivalMutatorSetRequest request) {
        out.startObject();
        out.member("block_hash", request.blockHash(), JsonWriter::digest);
        out.member("nonce", request.nonce(), JsonWriter::digest);
        out.member("offset", request.offset(), JsonWriter::u64);
        out.endObject();
    }

    static ArchivalMutatorSetFrame readSetFrame(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var blockHash = members.member("block_hash", JsonReader::digest);
        var totalLength = members.member("total_len", JsonReader::u64);
        var offset = members.member("offset", JsonReader::u64);
        var bytes = members.member("bytes", NumberLists::bytes);
        members.read();
        return new ArchivalMutatorSetFrame(blockHash.value(), totalLength.value(), offset.value(), bytes.value());
    }

    static void write(JsonWriter out, ArchivalMutatorSetFrame frame) {
        out.startObject();
        out.member("block_hash", frame.blockHash(), JsonWriter::digest);
        out.member("total_len", frame.totalLength(), JsonWriter::u64);
        out.member("offset", frame.offset(), JsonWriter::u64);
        out.member("bytes", frame.bytes(), JsonWriter::bytes);
        out.endObject();
    }
}
