package proteus.adapters.rpc;

import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.value.JsonContent;
import proteus.adapters.rpc.value.NetworkFacts;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.chain.ChainTip;
import proteus.application.port.NodeControl;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import tools.jackson.core.JsonGenerator;

/**
 * Methods that put many facts on one page.
 *
 * <p>Source of the fields: neptune-core 0.19.4, {@code rpc_server/overview_data.rs}; neptune-p2p 0.19.4,
 * {@code network/overview.rs}.
 */
final class OverviewMethods {

    private final NodeControl control;
    private final ChainState chain;
    private final int maxPeers;

    OverviewMethods(NodeControl control, ChainState chain, int maxPeers) {
        this.control = control;
        this.chain = chain;
        this.maxPeers = maxPeers;
    }

    void addTo(MethodTable methods) {
        methods.put("get_network_overview", this::getNetworkOverview);
        methods.put("dashboard_overview_data", this::dashboardOverviewData);
    }

    private Answer getNetworkOverview(Arguments arguments) throws StoreException {
        NetworkFacts network = NetworkFacts.of(control, maxPeers);
        return Answer.of(json -> writeNetwork(json, network));
    }

    private static void writeNetwork(JsonGenerator json, NetworkFacts network) {
        json.writeStartObject();
        json.writeStringProperty("nat_status", "unknown");
        json.writeStringProperty("reachability_state", "Unknown");
        json.writeName("external_addresses").writeStartArray().writeEndArray();
        json.writeNumberProperty("connection_count", network.connections());
        json.writeNumberProperty("connection_limit", network.maxPeers());
        json.writeNumberProperty("num_active_relays", 0);
        json.writeStringProperty("peer_id", network.ownId().toString());
        json.writeNumberProperty("address_book_size", network.addressBookSize());
        json.writeNumberProperty("num_banned_peers", network.bannedPeers());
        json.writeEndObject();
    }

    private Answer dashboardOverviewData(Arguments arguments) throws StoreException {
        ChainSnapshot snapshot = chain.snapshot();
        ChainTip tip = snapshot.tip();
        Optional<BlockHeader> parent =
                snapshot.header(tip.header().prevBlockDigest()).map(BlockHeaderWithBlockHashWitness::header);
        SyncStatus sync = control.syncStatus();
        NetworkFacts network = NetworkFacts.of(control, maxPeers);
        return Answer.of(json -> writeOverview(json, tip, parent, sync, network));
    }

    private static void writeOverview(
            JsonGenerator json, ChainTip tip, Optional<BlockHeader> parent, SyncStatus sync, NetworkFacts network) {
        json.writeStartObject();
        json.writeStringProperty("tip_digest", tip.digest().toHex());
        json.writeName("tip_header");
        ChainJson.writeHeader(json, tip.header());
        json.writeName("tip_time_to_mine");
        parent.map(before -> JsonContent.whole(tip.header().timestamp().since(before.timestamp())))
                .orElse(JsonContent.NULL)
                .writeTo(json);
        json.writeName("sync_status");
        writeSyncStatus(json, sync);
        // There is no wallet here, so nothing is in it, and no mempool.
        for (String amount : List.of(
                "confirmed_available_balance",
                "confirmed_total_balance",
                "unconfirmed_available_balance",
                "unconfirmed_total_balance",
                "mempool_size",
                "mempool_total_tx_count",
                "mempool_own_tx_count")) {
            json.writeNumberProperty(amount, 0);
        }
        json.writeName("network_overview");
        writeNetwork(json, network);
        json.writeNumberProperty("peer_count", network.connections());
        json.writeNullProperty("mining_status");
        // The least that can be said; this node proves nothing.
        json.writeStringProperty("proving_capability", "PrimitiveWitness");
        json.writeNullProperty("confirmations");
        json.writeNullProperty("cpu_temp");
        json.writeEndObject();
    }

    /** Upstream counts from the block at which the sync began, which is not known here: from genesis instead. */
    private static void writeSyncStatus(JsonGenerator json, SyncStatus sync) {
        switch (sync) {
            case SyncStatus.Unknown() -> json.writeString("Unknown");
            case SyncStatus.Challenging(int open) ->
                json.writeStartObject().writeNumberProperty("Challenges", open).writeEndObject();
            case SyncStatus.Syncing syncing -> {
                json.writeStartObject().writeName("Syncing").writeStartObject();
                json.writeNumberProperty("num_blocks_downloaded", syncing.height());
                json.writeNumberProperty("total_span", syncing.target());
                json.writeEndObject().writeEndObject();
            }
            case SyncStatus.Synced() -> json.writeString("Synced");
        }
    }
}
