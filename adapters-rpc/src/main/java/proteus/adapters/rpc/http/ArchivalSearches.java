package proteus.adapters.rpc.http;

import static proteus.adapters.rpc.http.JsonRpcMethods.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import proteus.adapters.rpc.chain.CommitmentList;
import proteus.adapters.rpc.chain.SpentOutputs;
import proteus.adapters.rpc.chain.Supply;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.AoclRange;
import proteus.domain.transaction.NativeCurrencyAmount;
import tools.jackson.core.JsonGenerator;

/**
 * Methods about outputs and supply, which look through many blocks. Source: neptune-cash 0.19.4, {@code service.rs};
 * neptune-archive 0.19.4, {@code archival_state.rs}.
 */
final class ArchivalSearches {

    /** The most index sets in one call. */
    static final int MAX_SETS = 1000;

    /** How far below the tip a caller may look who may not do what costs much. */
    private static final long RESTRICTED_DEPTH = 100;

    /** The most blocks in one answer; ours, for upstream has no limit. A header takes some 5 KB of it. */
    private static final int MAX_BLOCKS = 10_000;

    private final ChainState chain;
    private final boolean unrestricted;
    private final Turns turns;

    ArchivalSearches(ChainState chain, boolean unrestricted, Turns turns) {
        this.chain = chain;
        this.unrestricted = unrestricted;
        this.turns = turns;
    }

    /** Where an output can come from: a block and its leafs in the commitment list, both ends included. */
    private record Origin(BlockHeader header, Digest digest, long first, long last) {}

    void addTo(JsonRpcMethods methods) {
        put(methods, "getUtxoDigest", 1, 1, this::getUtxoDigest);
        put(methods, "findUtxoOrigin", 1, 2, this::findUtxoOrigin);
        put(methods, "utxoOriginFromAbsoluteIndices", 1, 1, this::utxoOriginFromAbsoluteIndices);
        put(methods, "areBloomIndicesSet", 1, 1, this::areBloomIndicesSet);
        put(methods, "batchAreBloomIndicesSet", 1, 1, this::batchAreBloomIndicesSet);
        put(methods, "circulatingSupply", 0, 0, _ -> amount(new Supply(chain.snapshot()).circulating()));
        put(methods, "maxSupply", 0, 0, _ -> amount(new Supply(chain.snapshot()).most()));
        put(methods, "burnedSupply", 0, 0, _ -> amount(new Supply(chain.snapshot()).burnt()));
    }

    private void put(JsonRpcMethods methods, String name, int least, int most, JsonRpcMethods.Handler handler) {
        methods.put(RpcModule.ARCHIVAL, name, least, most, params -> turns.take(() -> handler.call(params)));
    }

    private JsonContent getUtxoDigest(Params params) throws JsonRpcException, StoreException {
        long leafIndex = params.u64(0);
        return ArchivalNamespace.digest("digest", new CommitmentList(chain.snapshot()).leaf(leafIndex));
    }

    private JsonContent findUtxoOrigin(Params params) throws JsonRpcException, StoreException {
        AdditionRecord record = new AdditionRecord(params.digest(0));
        Optional<Long> asked = params.maybeU64(1);
        long depth = unrestricted
                ? asked.orElse(Long.MAX_VALUE)
                : asked.filter(wanted -> Long.compareUnsigned(wanted, RESTRICTED_DEPTH) < 0)
                        .orElse(RESTRICTED_DEPTH);
        return ArchivalNamespace.digest("block", new CommitmentList(chain.snapshot()).originOf(record, depth));
    }

    private JsonContent utxoOriginFromAbsoluteIndices(Params params) throws JsonRpcException, StoreException {
        List<AbsoluteIndexSet> sets = params.indexSets(0, MAX_SETS);
        ChainSnapshot snapshot = chain.snapshot();
        CommitmentList list = new CommitmentList(snapshot);
        SortedSet<Long> heights = new TreeSet<>();
        for (AbsoluteIndexSet set : sets) {
            addOrigins(list, set.aoclRange().orElseThrow(Params::invalid), heights);
        }
        List<Origin> origins = new ArrayList<>();
        for (long height : heights) {
            origins.add(origin(snapshot, list, height));
        }
        return result("blockInfos", json -> {
            json.writeStartArray();
            origins.forEach(origin -> write(json, origin));
            json.writeEndArray();
        });
    }

    private static void addOrigins(CommitmentList list, AoclRange range, SortedSet<Long> heights)
            throws JsonRpcException, StoreException {
        Optional<Long> first = list.heightOf(range.lower());
        if (first.isEmpty()) {
            return;
        }
        long count = list.count();
        long lastLeaf = Long.compareUnsigned(range.upper(), count) < 0 ? range.upper() : count - 1;
        long last = list.heightOf(lastLeaf).orElseThrow();
        for (long height = first.get(); height <= last; height++) {
            heights.add(height);
            if (heights.size() > MAX_BLOCKS) {
                throw new JsonRpcException(JsonRpcError.INTERNAL);
            }
        }
    }

    private static Origin origin(ChainSnapshot chain, CommitmentList list, long height) throws StoreException {
        Digest digest = chain.digestAt(new BlockHeight(height)).orElseThrow();
        BlockHeader header = chain.header(digest)
                .map(BlockHeaderWithBlockHashWitness::header)
                .orElseThrow();
        return new Origin(header, digest, list.firstOf(height), list.countAfter(height) - 1);
    }

    private static void write(JsonGenerator json, Origin origin) {
        json.writeStartObject();
        json.writeName("header");
        BlockJson.write(json, origin.header);
        json.writeStringProperty("blockHash", origin.digest.toHex());
        json.writeNumberProperty("minAoclIndex", origin.first);
        json.writeNumberProperty("maxAoclIndex", origin.last);
        json.writeEndObject();
    }

    private JsonContent areBloomIndicesSet(Params params) throws JsonRpcException, StoreException {
        List<AbsoluteIndexSet> one = List.of(params.indexSet(0));
        boolean areSet = new SpentOutputs(chain.snapshot()).areSet(one).getFirst();
        return result("areSet", json -> json.writeBoolean(areSet));
    }

    private JsonContent batchAreBloomIndicesSet(Params params) throws JsonRpcException, StoreException {
        List<AbsoluteIndexSet> sets = params.indexSets(0, MAX_SETS);
        List<Boolean> areSet = new SpentOutputs(chain.snapshot()).areSet(sets);
        return result("areSet", json -> {
            json.writeStartArray();
            areSet.forEach(json::writeBoolean);
            json.writeEndArray();
        });
    }

    private static JsonContent amount(NativeCurrencyAmount amount) {
        return result("amount", JsonContent.text(amount.toString()));
    }
}
