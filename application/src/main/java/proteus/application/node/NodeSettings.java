package proteus.application.node;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param listenAddresses where it accepts legacy connections, port 0 for any free one; nothing listens if {@code
 *     connections} allows no incoming ones
 * @param peers the peers to stay connected to; named twice is named once
 */
public record NodeSettings(
        Network network,
        ConnectionSettings connections,
        Set<IpAddress> commandLineBans,
        List<PeerAddress> listenAddresses,
        List<PeerTarget> peers) {

    /** The version that this node's handshakes state; every gate for it is honoured. */
    public static final String HANDSHAKE_VERSION = "0.19.4";

    public NodeSettings {
        commandLineBans = commandLineBans.stream().map(IpAddress::canonical).collect(Collectors.toUnmodifiableSet());
        listenAddresses = List.copyOf(listenAddresses);
        peers = peers.stream().distinct().toList();
        Set<PeerAddress> named = peers.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet());
        if (!named.equals(connections.configuredPeers())) {
            throw new IllegalArgumentException(
                    "the configured peers are " + connections.configuredPeers() + ", the peers to dial " + named);
        }
    }

    /** The same, but listening at {@code address} alone. */
    public NodeSettings listeningAt(PeerAddress address) {
        return new NodeSettings(network, connections, commandLineBans, List.of(address), peers);
    }
}
