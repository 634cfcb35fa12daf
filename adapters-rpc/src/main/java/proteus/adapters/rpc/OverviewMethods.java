package proteus.adapters.rpc;

import java.util.List;
import proteus.application.port.NodeControl;
import proteus.application.port.StoreException;
import proteus.domain.block.BlockHeader;
import proteus.domain.hash.Digest;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import tools.jackson.core.JsonGenerator;

/**
 * Methods that put many facts on one page.
 *
 * <p>Source of the fields: neptune-core 0.19.4, {@code rpc_server/overview_data.rs}; neptune-p2p 0.19.4,
 * {@code network/overview.rs}.
 */
final class OverviewMethods {

    private final NodeControl control;
    private final int maxPeers;

    OverviewMethods(NodeControl control, int maxPeers) {
        this.control = control;
        this.maxPeers = maxPeers;
    }

    void addTo(MethodTable methods) {
        methods.put("get_network_overview", this::getNetworkOverview);
        methods.put("dashboard_overview_data", this::dashboardOverviewData);
    }

    private record Network(int connections, int maxPeers, PeerId ownId, int addressBookSize, int bannedPeers) {}

    private Network network() throws StoreException {
        return new Network(control.peers().size(), maxPeers, ownId(), control.addressBookSize(), control.bannedPeers());
    }

    /** A node without libp2p has no id, and the field must be one: what upstream calls a legacy peer by. */
    private PeerId ownId() {
        PeerAddress unspecified = new PeerAddress(new IpAddress.V4(0), 0);
        return PeerId.ofLegacy(control.ownListenAddress().orElse(unspecified));
    }

    private Answer getNetworkOverview(Arguments arguments) throws StoreException {
        Network network = network();
        return Answer.of(json -> writeNetwork(json, network));
    }

    private static void writeNetwork(JsonGenerator json, Network network) {
        json.writeStartObject();
        json.writeStringProperty("nat_status", "unknown");
        json.writeStringProperty("reachability_state", "Unknown");
        json.writeName("external_addresses").writeStartArray().writeEndArray();
        json.writeNumberProperty("connection_count", network.connections);
        json.writeNumberProperty("connection_limit", network.maxPeers);
        json.writeNumberProperty("num_active_relays", 0);
        json.writeStringProperty("peer_id", network.ownId.toString());
        json.writeNumberProperty("address_book_size", network.addressBookSize);
        json.writeNumberProperty("num_banned_peers", network.bannedPeers);
        json.writeEndObject();
    }

    private Answer dashboardOverviewData(Arguments arguments) throws StoreException {
        Digest tipDigest = control.tipDigest();
        BlockHeader tip = control.tipHeader();
        Network network = network();
        return Answer.of(json -> writeOverview(json, tipDigest, tip, network));
    }

    private static void writeOverview(JsonGenerator json, Digest tipDigest, BlockHeader tip, Network network) {
        json.writeStartObject();
        json.writeStringProperty("tip_digest", tipDigest.toHex());
        json.writeName("tip_header");
        ChainJson.writeHeader(json, tip);
        json.writeNullProperty("tip_time_to_mine");
        json.writeStringProperty("sync_status", "Unknown");
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
        json.writeNumberProperty("peer_count", network.connections);
        json.writeNullProperty("mining_status");
        // The least that can be said; this node proves nothing.
        json.writeStringProperty("proving_capability", "PrimitiveWitness");
        json.writeNullProperty("confirmations");
        json.writeNullProperty("cpu_temp");
        json.writeEndObject();
    }
}
