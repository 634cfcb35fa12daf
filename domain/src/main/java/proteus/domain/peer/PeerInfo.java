package proteus.domain.peer;

import java.util.Optional;

/**
 * A peer as the table of connected peers knows it.
 *
 * @param peerId its libp2p id, or on the legacy stack its stand-in
 * @param instanceId the number in its handshake
 * @param address the canonical address of its end of the connection; empty if it comes over a relay, which must not be
 *     blamed for it
 * @param inbound whether it dialled this node
 */
public record PeerInfo(PeerId peerId, InstanceId instanceId, Optional<PeerAddress> address, boolean inbound) {
    public PeerInfo {
        address = address.map(PeerAddress::canonical);
    }

    /** Whether this peer is connected from {@code ip}. */
    public boolean hasIp(IpAddress ip) {
        return address.isPresent() && address.get().ip().equals(ip.canonical());
    }
}
