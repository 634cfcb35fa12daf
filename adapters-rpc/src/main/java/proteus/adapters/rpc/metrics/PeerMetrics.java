package proteus.adapters.rpc.metrics;

import static proteus.adapters.rpc.metrics.Families.one;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import proteus.adapters.rpc.metrics.Families.Values;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;

/** Who is connected, and what goes each way. Safe for use by many threads. */
final class PeerMetrics {

    private final NodeControl control;

    PeerMetrics(NodeControl control) {
        this.control = control;
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void addTo(Families families) {
        List<ConnectedPeer> peers = control.peers();
        families.gauge(
                        "proteus_peers",
                        "Connected peers by stack, transport, and who dialled: inbound ones dialled this node.",
                        byCarrier(peers))
                .gauge(
                        "proteus_peers_with_libp2p",
                        "Connected peers that are on libp2p, or on legacy and say where their libp2p is. A neptune-core "
                                + "on legacy never says so and is not counted, even if it has libp2p.",
                        one(peers.stream().filter(ConnectedPeer::hasLibp2p).count()))
                .gauge(
                        "proteus_contested_peers",
                        "Connected peers that claimed the instance id of another peer when they came.",
                        one(peers.stream().filter(ConnectedPeer::contested).count()))
                .counter(
                        "proteus_contested_connections",
                        "Connections so far that claimed the instance id of a peer connected from another IP address.",
                        one(control.contestedConnections()));
        addTrafficTo(families, control.traffic());
    }

    private static Values byCarrier(List<ConnectedPeer> peers) {
        Values values = new Values();
        for (Carrier carrier : Carrier.values()) {
            for (Direction direction : Direction.values()) {
                long count = peers.stream()
                        .filter(peer -> peer.connection().carrier() == carrier
                                && peer.connection().direction() == direction)
                        .count();
                values.with(
                        count,
                        "stack",
                        name(carrier.stack()),
                        "transport",
                        carrier.transport(),
                        "direction",
                        name(direction));
            }
        }
        return values;
    }

    private static void addTrafficTo(Families families, Map<Stack, Traffic> traffic) {
        families.counter(
                        "proteus_received_bytes",
                        "Bytes of messages received from peers, handshakes and what the stack adds not counted.",
                        byStack(traffic, Traffic::bytesIn))
                .counter(
                        "proteus_sent_bytes",
                        "Bytes of messages sent to peers, handshakes and what the stack adds not counted.",
                        byStack(traffic, Traffic::bytesOut))
                .counter(
                        "proteus_received_frames",
                        "Messages received from peers, handshakes not counted.",
                        byStack(traffic, Traffic::framesIn))
                .counter(
                        "proteus_sent_frames",
                        "Messages sent to peers, handshakes not counted.",
                        byStack(traffic, Traffic::framesOut));
    }

    private static Values byStack(Map<Stack, Traffic> traffic, ToLongFunction<Traffic> part) {
        Values values = new Values();
        for (Stack stack : Stack.values()) {
            values.with(part.applyAsLong(traffic.getOrDefault(stack, Traffic.NONE)), "stack", name(stack));
        }
        return values;
    }
}
