package proteus.adapters.rpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.rpc.chain.CommitmentList;
import proteus.adapters.rpc.chain.SelectedBlock;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import tools.jackson.core.JsonGenerator;

/** Methods about the outputs of blocks. Source: behaviour of neptune-cash 0.19.4, {@code rpc/server.rs}. */
final class OutputMethods {

    private final ChainState chain;

    OutputMethods(ChainState chain) {
        this.chain = chain;
    }

    void addTo(MethodTable methods) {
        methods.put("utxo_digest", this::utxoDigest);
        methods.put("addition_record_indices_for_block", this::additionRecordIndicesForBlock);
    }

    /** Upstream does not find the very first leaf by this method. */
    private Answer utxoDigest(Arguments arguments) throws CallException, StoreException {
        long leafIndex = arguments.whole("leaf_index");
        Optional<Digest> digest =
                leafIndex == 0 ? Optional.empty() : new CommitmentList(chain.snapshot()).leaf(leafIndex);
        return Answer.of(digest.map(found -> JsonContent.text(found.toHex())).orElse(JsonContent.NULL));
    }

    /** The outputs of a block, each with its number in the commitment list if the block is on the chain. */
    private Answer additionRecordIndicesForBlock(Arguments arguments) throws CallException, StoreException {
        ChainSnapshot snapshot = chain.snapshot();
        Optional<Digest> digest = new SelectedBlock(snapshot).digest(arguments.selector("block_selector"));
        Optional<Block> block = digest.isPresent() ? snapshot.block(digest.get()) : Optional.empty();
        if (block.isEmpty()) {
            return Answer.of(JsonContent.emptyArray());
        }
        long height = block.get().kernel().header().height().value();
        boolean isCanonical = new SelectedBlock(snapshot).isCanonical(digest.get());
        Optional<Long> first =
                isCanonical ? Optional.of(new CommitmentList(snapshot).firstOf(height)) : Optional.empty();
        // Of equal outputs only the last is listed, as upstream has it.
        Map<AdditionRecord, Integer> places = new LinkedHashMap<>();
        List<AdditionRecord> leafs = CommitmentList.leafsOf(block.get(), digest.get());
        for (int i = 0; i < leafs.size(); i++) {
            places.put(leafs.get(i), i);
        }
        return Answer.of(json -> write(json, places, first));
    }

    private static void write(JsonGenerator json, Map<AdditionRecord, Integer> places, Optional<Long> first) {
        json.writeStartArray();
        places.forEach((output, place) -> {
            json.writeStartArray().writeStartObject();
            json.writeStringProperty(
                    "canonical_commitment", output.canonicalCommitment().toHex());
            json.writeEndObject();
            if (first.isPresent()) {
                json.writeNumber(first.get() + place);
            } else {
                json.writeNull();
            }
            json.writeEndArray();
        });
        json.writeEndArray();
    }
}
