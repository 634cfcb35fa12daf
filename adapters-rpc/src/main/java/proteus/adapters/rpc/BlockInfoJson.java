package proteus.adapters.rpc;

import java.util.List;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.consensus.LustrationStatus;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransactionKernel;
import tools.jackson.core.JsonGenerator;

/** What a block looks like in short. Source: neptune-cash 0.19.4, {@code block_info.rs}. */
final class BlockInfoJson {

    private BlockInfoJson() {}

    /**
     * Where a block stands.
     *
     * @param siblings the other blocks of its height
     */
    record Place(Digest digest, boolean isGenesis, boolean isTip, boolean isCanonical, List<Digest> siblings) {

        Place {
            siblings = List.copyOf(siblings);
        }
    }

    static void write(JsonGenerator json, Block block, Place place) {
        BlockHeader header = block.kernel().header();
        TransactionKernel transaction = block.kernel().body().transactionKernel();
        json.writeStartObject();
        ChainJson.writeUnsigned(json, "height", header.height().value());
        json.writeNumberProperty("size", BlockHash.size(block));
        json.writeStringProperty("digest", place.digest.toHex());
        json.writeStringProperty("prev_block_digest", header.prevBlockDigest().toHex());
        ChainJson.writeUnsigned(json, "timestamp", header.timestamp().millis());
        json.writeName("cumulative_proof_of_work");
        ChainJson.writeLimbs(json, header.cumulativeProofOfWork().limbs());
        json.writeName("difficulty");
        ChainJson.writeLimbs(json, header.difficulty().limbs());
        json.writeNumberProperty("num_inputs", transaction.inputs().size());
        json.writeNumberProperty("num_outputs", transaction.outputs().size());
        json.writeNumberProperty(
                "num_announcements", transaction.announcements().size());
        json.writeName("coinbase_amount");
        ChainJson.writeAmount(json, transaction.coinbase().orElse(NativeCurrencyAmount.ZERO));
        json.writeName("fee");
        ChainJson.writeAmount(json, transaction.fee());
        json.writeBooleanProperty("is_genesis", place.isGenesis);
        json.writeBooleanProperty("is_tip", place.isTip);
        json.writeBooleanProperty("is_canonical", place.isCanonical);
        json.writeName("sibling_blocks");
        ChainJson.writeDigests(json, place.siblings);
        json.writeName("lustration_status");
        writeLustration(json, LustrationStatus.of(header.pow()));
        json.writeEndObject();
    }

    private static void writeLustration(JsonGenerator json, Optional<LustrationStatus> status) {
        if (status.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeName("counter");
        ChainJson.writeAmount(json, status.get().counter());
        ChainJson.writeUnsigned(
                json, "max_lustrating_aocl_leaf_index", status.get().maxLustratingAoclLeafIndex());
        json.writeEndObject();
    }
}
