package proteus.application.wire.json;

import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.block.ProofOfWork;
import proteus.domain.hash.Digest;

/** Headers of blocks and what is in them. Source: neptune-consensus 0.19.4. */
final class HeaderJson {

    private HeaderJson() {}

    static BlockHeight readHeight(JsonReader in) throws MalformedMessageException {
        return new BlockHeight(in.fieldElement());
    }

    static void write(JsonWriter out, BlockHeight height) {
        out.u64(height.value());
    }

    private static Difficulty readDifficulty(JsonReader in) throws MalformedMessageException {
        return new Difficulty(NumberLists.words(in, Difficulty.LIMBS));
    }

    private static void write(JsonWriter out, Difficulty difficulty) {
        out.words(difficulty.limbs());
    }

    static ProofOfWork readProofOfWork(JsonReader in) throws MalformedMessageException {
        return new ProofOfWork(NumberLists.words(in, ProofOfWork.LIMBS));
    }

    static void write(JsonWriter out, ProofOfWork work) {
        out.words(work.limbs());
    }

    static BlockHeader readHeader(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var version = members.member("version", JsonReader::fieldElement);
        var height = members.member("height", HeaderJson::readHeight);
        var prevBlockDigest = members.member("prev_block_digest", JsonReader::digest);
        var timestamp = members.member("timestamp", TransactionJson::readTimestamp);
        var pow = members.member("pow", HeaderJson::readPow);
        var cumulativeProofOfWork = members.member("cumulative_proof_of_work", HeaderJson::readProofOfWork);
        var difficulty = members.member("difficulty", HeaderJson::readDifficulty);
        var guesserReceiverData = members.member("guesser_receiver_data", HeaderJson::readReceiver);
        members.read();
        return new BlockHeader(
                version.value(),
                height.value(),
                prevBlockDigest.value(),
                timestamp.value(),
                pow.value(),
                cumulativeProofOfWork.value(),
                difficulty.value(),
                guesserReceiverData.value());
    }

    static void write(JsonWriter out, BlockHeader header) {
        out.startObject();
        out.member("version", header.version(), JsonWriter::u64);
        out.member("height", header.height(), HeaderJson::write);
        out.member("prev_block_digest", header.prevBlockDigest(), JsonWriter::digest);
        out.member("timestamp", header.timestamp(), TransactionJson::write);
        out.member("pow", header.pow(), HeaderJson::write);
        out.member("cumulative_proof_of_work", header.cumulativeProofOfWork(), HeaderJson::write);
        out.member("difficulty", header.difficulty(), HeaderJson::write);
        out.member("guesser_receiver_data", header.guesserReceiverData(), HeaderJson::write);
        out.endObject();
    }

    private static BlockPow readPow(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var root = members.member("root", JsonReader::digest);
        var pathA = members.member("path_a", HeaderJson::readPath);
        var pathB = members.member("path_b", HeaderJson::readPath);
        var nonce = members.member("nonce", JsonReader::digest);
        members.read();
        return new BlockPow(root.value(), pathA.value(), pathB.value(), nonce.value());
    }

    private static void write(JsonWriter out, BlockPow pow) {
        out.startObject();
        out.member("root", pow.root(), JsonWriter::digest);
        out.member("path_a", pow.pathA(), JsonWriter::digests);
        out.member("path_b", pow.pathB(), JsonWriter::digests);
        out.member("nonce", pow.nonce(), JsonWriter::digest);
        out.endObject();
    }

    private static List<Digest> readPath(JsonReader in) throws MalformedMessageException {
        return in.array(BlockPow.PATH_LENGTH, JsonReader::digest);
    }

    private static GuesserReceiverData readReceiver(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var receiverDigest = members.member("receiver_digest", JsonReader::digest);
        var lockScriptHash = members.member("lock_script_hash", JsonReader::digest);
        members.read();
        return new GuesserReceiverData(receiverDigest.value(), lockScriptHash.value());
    }

    private static void write(JsonWriter out, GuesserReceiverData receiver) {
        out.startObject();
        out.member("receiver_digest", receiver.receiverDigest(), JsonWriter::digest);
        out.member("lock_script_hash", receiver.lockScriptHash(), JsonWriter::digest);
        out.endObject();
    }

    static BlockHeaderWithBlockHashWitness readHeaderWithWitness(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var header = members.member("header", HeaderJson::readHeader);
        var witness = members.member("witness", HeaderJson::readWitness);
        members.read();
        return new BlockHeaderWithBlockHashWitness(header.value(), witness.value());
    }

    static void write(JsonWriter out, BlockHeaderWithBlockHashWitness header) {
        out.startObject();
        out.member("header", header.header(), HeaderJson::write);
        out.member("witness", header.witness(), HeaderJson::write);
        out.endObject();
    }

    private static HeaderToBlockHashWitness readWitness(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var bodyLeaf = members.member("body_leaf", JsonReader::digest);
        var appendixLeaf = members.member("appendix_leaf", JsonReader::digest);
        var proofLeaf = members.member("proof_leaf", JsonReader::digest);
        members.read();
        return new HeaderToBlockHashWitness(bodyLeaf.value(), appendixLeaf.value(), proofLeaf.value());
    }

    private static void write(JsonWriter out, HeaderToBlockHashWitness witness) {
        out.startObject();
        out.member("body_leaf", witness.bodyLeaf(), JsonWriter::digest);
        out.member("appendix_leaf", witness.appendixLeaf(), JsonWriter::digest);
        out.member("proof_leaf", witness.proofLeaf(), JsonWriter::digest);
        out.endObject();
    }
}
