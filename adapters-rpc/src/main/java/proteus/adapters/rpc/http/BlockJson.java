package proteus.adapters.rpc.http;

import static proteus.adapters.rpc.http.TransactionKernelJson.writeDigest;
import static proteus.adapters.rpc.http.TransactionKernelJson.writeDigests;
import static proteus.adapters.rpc.http.TransactionKernelJson.writeElements;
import static proteus.adapters.rpc.http.TransactionKernelJson.writeUnsigned;
import static proteus.adapters.rpc.http.TransactionKernelJson.writeWords;

import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.transaction.Proof;
import tools.jackson.core.JsonGenerator;

/** What blocks and their parts look like. Source: neptune-rpc-api 0.19.4, {@code model/block}. */
final class BlockJson {

    private BlockJson() {}

    static void write(JsonGenerator json, Block block) {
        json.writeStartObject();
        json.writeName("kernel");
        write(json, block.kernel());
        json.writeName("proof");
        write(json, block.proof());
        json.writeEndObject();
    }

    /** A block that has no proof, for whatever reason, has null. */
    static void write(JsonGenerator json, BlockProof proof) {
        switch (proof) {
            case BlockProof.Genesis _, BlockProof.Invalid _ -> json.writeNull();
            case BlockProof.SingleProof(Proof single) -> writeElements(json, single.elements());
        }
    }

    static void write(JsonGenerator json, BlockKernel kernel) {
        json.writeStartObject();
        json.writeName("header");
        write(json, kernel.header());
        json.writeName("body");
        write(json, kernel.body());
        json.writeName("appendix").writeStartArray();
        kernel.appendix().claims().forEach(claim -> write(json, claim));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Claim claim) {
        json.writeStartObject();
        json.writeName("programDigest");
        writeDigest(json, claim.programDigest());
        json.writeNumberProperty("version", Integer.toUnsignedLong(claim.version()));
        json.writeName("input");
        writeElements(json, claim.input());
        json.writeName("output");
        writeElements(json, claim.output());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, BlockHeader header) {
        json.writeStartObject();
        writeUnsigned(json, "version", header.version());
        writeUnsigned(json, "height", header.height().value());
        json.writeStringProperty("prevBlockDigest", header.prevBlockDigest().toHex());
        writeUnsigned(json, "timestamp", header.timestamp().millis());
        json.writeName("pow");
        write(json, header.pow());
        json.writeStringProperty(
                "cumulativeProofOfWork", header.cumulativeProofOfWork().toString());
        json.writeStringProperty("difficulty", header.difficulty().toString());
        json.writeName("guesserReceiverData").writeStartObject();
        json.writeStringProperty(
                "receiverDigest", header.guesserReceiverData().receiverDigest().toHex());
        json.writeStringProperty(
                "lockScriptHash", header.guesserReceiverData().lockScriptHash().toHex());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, BlockPow pow) {
        json.writeStartObject();
        json.writeStringProperty("root", pow.root().toHex());
        json.writeName("pathA");
        writeDigests(json, pow.pathA());
        json.writeName("pathB");
        writeDigests(json, pow.pathB());
        json.writeStringProperty("nonce", pow.nonce().toHex());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, BlockBody body) {
        json.writeStartObject();
        json.writeName("transactionKernel");
        TransactionKernelJson.write(json, body.transactionKernel());
        json.writeName("mutatorSetAccumulator");
        write(json, body.mutatorSetAccumulator());
        json.writeName("lockFreeMmrAccumulator");
        write(json, body.lockFreeMmrAccumulator());
        json.writeName("blockMmrAccumulator");
        write(json, body.blockMmrAccumulator());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MutatorSetAccumulator set) {
        json.writeStartObject();
        json.writeName("aocl");
        write(json, set.aocl());
        json.writeName("swbfInactive");
        write(json, set.swbfInactive());
        json.writeName("swbfActive");
        writeWords(json, set.swbfActive().sbf());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MmrAccumulator range) {
        json.writeStartObject();
        writeUnsigned(json, "leafCount", range.leafCount());
        json.writeName("peaks");
        writeDigests(json, range.peaks());
        json.writeEndObject();
    }
}
