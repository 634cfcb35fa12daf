package proteus.bootstrap.config;

import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.RpcSettings;
import proteus.adapters.rpc.dashboard.DashboardSettings;
import proteus.adapters.rpc.http.JsonRpcSettings;
import proteus.adapters.rpc.metrics.MetricsSettings;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.MiningSettings;
import proteus.application.node.NodeSettings;
import proteus.application.port.PeerEndpoint;
import proteus.application.sync.SyncSettings;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.peer.IpAddress;

/**
 * Everything that one node of this process is told at its start.
 *
 * @param node what the node itself keeps to; it listens on the first of {@code listenCandidates}
 * @param listenCandidates on which IP to listen for peers, best first: the first one whose family this host has is the
 *     only one to listen on. {@code ::} is one socket for both families, so it is followed by {@code 0.0.0.0}, for hosts
 *     without IPv6. A port that is taken is no reason to try the next
 * @param libp2p how the libp2p stack is set up
 * @param quotas how much one place of the network may take over libp2p
 * @param rpc how the RPC for neptune-cli is served
 * @param jsonRpc how JSON-RPC over HTTP is served; empty if it is not
 * @param metrics how metrics and health are served; empty if they are not
 * @param dashboard how the dashboard is served; empty if it is not
 * @param data where the node keeps its files
 * @param sync how the node catches up with a chain that is far better than its own
 * @param mining how the node mines
 * @param migration how the node migrates from stack to stack
 * @param inboundMemory how many bytes of inbound frames the node may hold at one time, positive
 * @param log how is logged
 * @param warnings what the operator should know about this configuration, one line each
 */
public record NodeConfiguration(
        NodeSettings node,
        List<IpAddress> listenCandidates,
        Libp2pConfiguration libp2p,
        SourceQuotaSettings quotas,
        RpcSettings rpc,
        Optional<JsonRpcSettings> jsonRpc,
        Optional<MetricsSettings> metrics,
        Optional<DashboardSettings> dashboard,
        DataDirectory data,
        SyncSettings sync,
        MiningSettings mining,
        MigrationSettings migration,
        long inboundMemory,
        LogSettings log,
        List<String> warnings) {

    public NodeConfiguration {
        listenCandidates = List.copyOf(listenCandidates);
        warnings = List.copyOf(warnings);
        if (listenCandidates.isEmpty() || !isFirst(node.listenEndpoints(), listenCandidates.getFirst())) {
            throw new IllegalArgumentException(
                    "listens on " + node.listenEndpoints() + ", with the candidates " + listenCandidates);
        }
        if (inboundMemory <= 0) {
            throw new IllegalArgumentException("memory for inbound frames must be positive: " + inboundMemory);
        }
    }

    private static boolean isFirst(List<PeerEndpoint> endpoints, IpAddress ip) {
        return endpoints.stream().allMatch(endpoint -> endpoint.address().ip().equals(ip));
    }
}
