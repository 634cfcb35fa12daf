package proteus.application.wire.json;

import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage.BlockProposalNotification;
import proteus.domain.peer.PeerMessage.BlockProposalRequest;
import proteus.domain.peer.PeerMessage.LinkTxNotification;
import proteus.domain.peer.PeerMessage.TransactionNotification;

/** What nodes tell each other unasked, and their peer lists. Source: neptune-p2p 0.19.4. */
final class GossipJson {

    private GossipJson() {}

    static PeerBlockNotification readBlockNotification(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var hash = members.member("hash", JsonReader::digest);
        var height = members.member("height", HeaderJson::readHeight);
        var cumulativeProofOfWork = members.member("cumulative_proof_of_work", HeaderJson::readProofOfWork);
        members.read();
        return new PeerBlockNotification(hash.value(), height.value(), cumulativeProofOfWork.value());
    }

    static void write(JsonWriter out, PeerBlockNotification notification) {
        out.startObject();
        out.member("hash", notification.hash(), JsonWriter::digest);
        out.member("height", notification.height(), HeaderJson::write);
        out.member("cumulative_proof_of_work", notification.cumulativeProofOfWork(), HeaderJson::write);
        out.endObject();
    }

    static BlockProposalNotification readProposalNotification(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var bodyMastHash = members.member("body_mast_hash", JsonReader::digest);
        var guesserFee = members.member("guesser_fee", TransactionJson::readAmount);
        var height = members.member("height", HeaderJson::readHeight);
        members.read();
        return new BlockProposalNotification(bodyMastHash.value(), guesserFee.value(), height.value());
    }

    static void write(JsonWriter out, BlockProposalNotification notification) {
        out.startObject();
        out.member("body_mast_hash", notification.bodyMastHash(), JsonWriter::digest);
        out.member("guesser_fee", notification.guesserFee(), TransactionJson::write);
        out.member("height", notification.height(), HeaderJson::write);
        out.endObject();
    }

    static BlockProposalRequest readProposalRequest(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var bodyMastHash = members.member("body_mast_hash", JsonReader::digest);
        members.read();
        return new BlockProposalRequest(bodyMastHash.value());
    }

    static void write(JsonWriter out, BlockProposalRequest request) {
        out.startObject();
        out.member("body_mast_hash", request.bodyMastHash(), JsonWriter::digest);
        out.endObject();
    }

    static TransactionNotification readTransactionNotification(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var txid = members.member("txid", TransactionJson::readId);
        var mutatorSetHash = members.member("mutator_set_hash", JsonReader::digest);
        var proofQuality = members.member("proof_quality", TransactionJson::readQuality);
        var fee = members.member("fee", TransactionJson::readAmount);
        var numInputs = members.member("num_inputs", JsonReader::u64);
        var numOutputs = members.member("num_outputs", JsonReader::u64);
        members.read();
        return new TransactionNotification(
                txid.value(),
                mutatorSetHash.value(),
                proofQuality.value(),
                fee.value(),
                numInputs.value(),
                numOutputs.value());
    }

    static void write(JsonWriter out, TransactionNotification notification) {
        out.startObject();
        out.member("txid", notification.txid(), TransactionJson::write);
        out.member("mutator_set_hash", notification.mutatorSetHash(), JsonWriter::digest);
        out.member("proof_quality", notification.proofQuality(), TransactionJson::write);
        out.member("fee", notification.fee(), TransactionJson::write);
        out.member("num_inputs", notification.numInputs(), JsonWriter::u64);
        out.member("num_outputs", notification.numOutputs(), JsonWriter::u64);
        out.endObject();
    }

    static LinkTxNotification readLinkTxNotification(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var txid = members.member("txid", TransactionJson::readId);
        var mutatorSetHash = members.member("mutator_set_hash", JsonReader::digest);
        var fee = members.member("fee", TransactionJson::readAmount);
        var numInputs = members.member("num_inputs", JsonReader::u64);
        var numOutputs = members.member("num_outputs", JsonReader::u64);
        var numThruputs = members.member("num_thruputs", JsonReader::u64);
        members.read();
        return new LinkTxNotification(
                txid.value(),
                mutatorSetHash.value(),
                fee.value(),
                numInputs.value(),
                numOutputs.value(),
                numThruputs.value());
    }

    static void write(JsonWriter out, LinkTxNotification notification) {
        out.startObject();
        out.member("txid", notification.txid(), TransactionJson::write);
        out.member("mutator_set_hash", notification.mutatorSetHash(), JsonWriter::digest);
        out.member("fee", notification.fee(), TransactionJson::write);
        out.member("num_inputs", notification.numInputs(), JsonWriter::u64);
        out.member("num_outputs", notification.numOutputs(), JsonWriter::u64);
        out.member("num_thruputs", notification.numThruputs(), JsonWriter::u64);
        out.endObject();
    }

    static PeerListEntry readPeer(JsonReader in) throws MalformedMessageException {
        return in.pair(GossipJson::readAddress, HandshakeJson::readInstanceId, PeerListEntry::new);
    }

    static void write(JsonWriter out, PeerListEntry peer) {
        out.pair(peer.address(), GossipJson::write, peer.instanceId(), HandshakeJson::write);
    }

    private static PeerAddress readAddress(JsonReader in) throws MalformedMessageException {
        return in.parsed(PeerAddress::parse);
    }

    private static void write(JsonWriter out, PeerAddress address) {
        out.text(address.toString());
    }
}
