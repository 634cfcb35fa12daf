package proteus.application.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * What a node is told at its start and keeps to until its end.
 *
 * @param network which network it belongs to
 * @param connections whom it talks to; its configured peers are those of {@code peers}
 * @param commandLineBans the IPs that are kept out as long as it runs
 * @param stacks what each stack is used for; {@link StackUse#OFF} if it is not in there
 * @param listenEndpoints where it accepts connections, port 0 for any free one; nothing listens if {@code connections}
 *     allows no incoming ones, or on a stack that is not to accept any
 * @param peers the peers to stay connected to; named twice is named once
 */
public record NodeSettings(
        Network network,
        ConnectionSettings connections,
        Set<IpAddress> commandLineBans,
        Map<Stack, StackUse> stacks,
        List<PeerEndpoint> listenEndpoints,
        List<PeerTarget> peers) {

    /** The version that this node's handshakes state; every gate for it is honoured. */
    public static final String HANDSHAKE_VERSION = "0.19.4";

    public NodeSettings {
        commandLineBans = commandLineBans.stream().map(IpAddress::canonical).collect(Collectors.toUnmodifiableSet());
        stacks = Map.copyOf(stacks);
        listenEndpoints = List.copyOf(listenEndpoints);
        peers = peers.stream().distinct().toList();
        Set<PeerAddress> named = peers.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet());
        if (!named.equals(connections.configuredPeers())) {
            throw new IllegalArgumentException(
                    "the configured peers are " + connections.configuredPeers() + ", the peers to dial " + named);
        }
    }

    /** The same, but listening at {@code endpoints} alone. */
    public NodeSettings listeningAt(List<PeerEndpoint> endpoints) {
        return new NodeSettings(network, connections, commandLineBans, stacks, endpoints, peers);
    }

    /** What {@code stack} is used for. */
    public StackUse use(Stack stack) {
        return stacks.getOrDefault(stack, StackUse.OFF);
    }
}
