package proteus.application.wire.json;

import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockProof;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.Claim;
import proteus.domain.block.TransferBlock;
import proteus.domain.transaction.Proof;

/** Blocks, except their headers. Source: neptune-consensus and neptune-p2p 0.19.4. */
final class BlockJson {

    private BlockJson() {}

    private static BlockBody readBody(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var transactionKernel = members.member("transaction_kernel", TransactionJson::readKernel);
        var mutatorSetAccumulator = members.member("mutator_set_accumulator", MutatorSetJson::readAccumulator);
        var lockFreeMmrAccumulator = members.member("lock_free_mmr_accumulator", MmrJson::readAccumulator);
        var blockMmrAccumulator = members.member("block_mmr_accumulator", MmrJson::readAccumulator);
        members.read();
        return new BlockBody(
                transactionKernel.value(),
                mutatorSetAccumulator.value(),
                lockFreeMmrAccumulator.value(),
                blockMmrAccumulator.value());
    }

    private static void write(JsonWriter out, BlockBody body) {
        out.startObject();
        out.member("transaction_kernel", body.transactionKernel(), TransactionJson::write);
        out.member("mutator_set_accumulator", body.mutatorSetAccumulator(), MutatorSetJson::write);
        out.member("lock_free_mmr_accumulator", body.lockFreeMmrAccumulator(), MmrJson::write);
        out.member("block_mmr_accumulator", body.blockMmrAccumulator(), MmrJson::write);
        out.endObject();
    }

    private static BlockAppendix readAppendix(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var claims = members.member("claims", reader -> reader.list(BlockJson::readClaim));
        members.read();
        return new BlockAppendix(claims.value());
    }

    private static void write(JsonWriter out, BlockAppendix appendix) {
        out.startObject();
        out.member("claims", appendix.claims(), (o, claims) -> o.list(claims, BlockJson::write));
        out.endObject();
    }

    private static Claim readClaim(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var programDigest = members.member("program_digest", JsonReader::digest);
        var version = members.member("version", JsonReader::u32);
        var input = members.member("input", NumberLists::fieldElements);
        var output = members.member("output", NumberLists::fieldElements);
        members.read();
        return new Claim(programDigest.value(), version.value(), input.value(), output.value());
    }

    private static void write(JsonWriter out, Claim claim) {
        out.startObject();
        out.member("program_digest", claim.programDigest(), JsonWriter::digest);
        out.member("version", claim.version(), JsonWriter::u32);
        out.member("input", claim.input(), JsonWriter::fieldElements);
        out.member("output", claim.output(), JsonWriter::fieldElements);
        out.endObject();
    }

    static TransferBlock readTransferBlock(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var header = members.member("header", HeaderJson::readHeader);
        var body = members.member("body", BlockJson::readBody);
        var appendix = members.member("appendix", BlockJson::readAppendix);
        var proof = members.member("proof", TransactionJson::readProof);
        members.read();
        return new TransferBlock(header.value(), body.value(), appendix.value(), proof.value());
    }

    static void write(JsonWriter out, TransferBlock block) {
        out.startObject();
        out.member("header", block.header(), HeaderJson::write);
        out.member("body", block.body(), BlockJson::write);
        out.member("appendix", block.appendix(), BlockJson::write);
        out.member("proof", block.proof(), TransactionJson::write);
        out.endObject();
    }

    static Block readBlock(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var kernel = members.member("kernel", BlockJson::readKernel);
        var proof = members.member("proof", BlockJson::readProof);
        members.read();
        return new Block(kernel.value(), proof.value());
    }

    static void write(JsonWriter out, Block block) {
        out.startObject();
        out.member("kernel", block.kernel(), BlockJson::write);
        out.member("proof", block.proof(), BlockJson::write);
        out.endObject();
    }

    private static BlockKernel readKernel(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var header = members.member("header", HeaderJson::readHeader);
        var body = members.member("body", BlockJson::readBody);
        var appendix = members.member("appendix", BlockJson::readAppendix);
        members.read();
        return new BlockKernel(header.value(), body.value(), appendix.value());
    }

    static void write(JsonWriter out, BlockKernel kernel) {
        out.startObject();
        out.member("header", kernel.header(), HeaderJson::write);
        out.member("body", kernel.body(), BlockJson::write);
        out.member("appendix", kernel.appendix(), BlockJson::write);
        out.endObject();
    }

    private static BlockProof readProof(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "Genesis" -> variant.unit(new BlockProof.Genesis());
            case "Invalid" -> variant.unit(new BlockProof.Invalid());
            case "SingleProof" -> new BlockProof.SingleProof(variant.payload(TransactionJson::readProof));
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    private static void write(JsonWriter out, BlockProof proof) {
        switch (proof) {
            case BlockProof.Genesis() -> out.variant("Genesis");
            case BlockProof.Invalid() -> out.variant("Invalid");
            case BlockProof.SingleProof(Proof single) -> out.variant("SingleProof", single, TransactionJson::write);
        }
    }

    static BlockWithParentAccumulator readWithParentAccumulator(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var block = members.member("block", BlockJson::readTransferBlock);
        var parentAccumulator = members.member("parent_accumulator", MutatorSetJson::readAccumulator);
        members.read();
        return new BlockWithParentAccumulator(block.value(), parentAccumulator.value());
    }

    static void write(JsonWriter out, BlockWithParentAccumulator block) {
        out.startObject();
        out.member("block", block.block(), BlockJson::write);
        out.member("parent_accumulator", block.parentAccumulator(), MutatorSetJson::write);
        out.endObject();
    }
}
