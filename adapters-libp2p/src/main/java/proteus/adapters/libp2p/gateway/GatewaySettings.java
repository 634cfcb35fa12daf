package proteus.adapters.libp2p.gateway;

import java.time.Duration;
import java.util.List;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;

/**
 * How the libp2p stack is set up.
 *
 * @param network which network the node tells its peers that it belongs to; others are disconnected
 * @param agentVersion what it says its program is
 * @param publicIps where it tells its peers that it can be reached; if there are none, wherever it listens
 * @param maxNumPeers the places of the node, from which the limits on connections follow, not negative
 * @param handshakeTimeout how long a peer may take from the moment when its connection is ready until its record is here
 * @param idle how long a connection without a session is kept; peers may ask who this node is meanwhile
 * @param outboundBytes how many bytes may wait for one peer, positive
 * @param eventLoops how many threads carry the connections, at least 1
 * @param nativeSessions whether sessions with other Proteus nodes may use their own protocol instead of the gateway
 */
public record GatewaySettings(
        Network network,
        String agentVersion,
        List<IpAddress> publicIps,
        int maxNumPeers,
        Duration handshakeTimeout,
        Duration idle,
        int outboundBytes,
        int eventLoops,
        boolean nativeSessions) {

    /** Connections that one peer may have; neptune-cash 0.19.4, {@code network/stack.rs}. */
    private static final int PER_PEER = 3;

    private static final int OUTBOUND_BYTES = 32 << 20;
    private static final int EVENT_LOOPS = 2;

    public GatewaySettings {
        publicIps = List.copyOf(publicIps);
        require(maxNumPeers >= 0, "negative number of peers", maxNumPeers);
        require(handshakeTimeout.isPositive(), "handshake timeout not positive", handshakeTimeout);
        require(!idle.isNegative(), "negative idle time", idle);
        require(outboundBytes > 0, "no room for what waits", outboundBytes);
        require(eventLoops > 0, "no event loop", eventLoops);
    }

    private static void require(boolean holds, String otherwise, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise + ": " + value);
        }
    }

    /** As upstream has it, for a node with so many places. */
    public static GatewaySettings of(Network network, String agentVersion, int maxNumPeers) {
        return new GatewaySettings(
                network,
                agentVersion,
                List.of(),
                maxNumPeers,
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                OUTBOUND_BYTES,
                EVENT_LOOPS,
                true);
    }

    /** The same with another time-out. */
    public GatewaySettings withHandshakeTimeout(Duration timeout) {
        return new GatewaySettings(
                network,
                agentVersion,
                publicIps,
                maxNumPeers,
                timeout,
                idle,
                outboundBytes,
                eventLoops,
                nativeSessions);
    }

    /** The same, but reachable at these IPs alone. */
    public GatewaySettings withPublicIps(List<IpAddress> ips) {
        return new GatewaySettings(
                network,
                agentVersion,
                ips,
                maxNumPeers,
                handshakeTimeout,
                idle,
                outboundBytes,
                eventLoops,
                nativeSessions);
    }

    /** The same with another idle time. */
    public GatewaySettings withIdle(Duration time) {
        return new GatewaySettings(
                network,
                agentVersion,
                publicIps,
                maxNumPeers,
                handshakeTimeout,
                time,
                outboundBytes,
                eventLoops,
                nativeSessions);
    }

    /** The same with another bound on what waits for one peer. */
    public GatewaySettings withOutboundBytes(int bytes) {
        return new GatewaySettings(
                network,
                agentVersion,
                publicIps,
                maxNumPeers,
                handshakeTimeout,
                idle,
                bytes,
                eventLoops,
                nativeSessions);
    }

    /** The same, with or without sessions over the protocol of Proteus nodes. */
    public GatewaySettings withNativeSessions(boolean offered) {
        return new GatewaySettings(
                network,
                agentVersion,
                publicIps,
                maxNumPeers,
                handshakeTimeout,
                idle,
                outboundBytes,
                eventLoops,
                offered);
    }

    /** What identify says of the network, and what it must say of a peer's; exactly. */
    String protocolVersion() {
        return "/neptune/-" + network.id();
    }

    /** The limits on connections: twice the places and four, as in upstream without a relay server. */
    HostLimits limits() {
        HostLimits usual = HostLimits.defaults();
        int inbound = (int) Math.min(Integer.MAX_VALUE / 4, 2L * maxNumPeers + 4);
        int outbound = Math.max(HostLimits.OUTBOUND_CONNECTIONS, inbound);
        return new HostLimits(
                usual.system().withConnections(new DirectionLimits(inbound, outbound, inbound + outbound)),
                usual.pending().withConnections(new DirectionLimits(inbound, outbound, inbound + outbound)),
                usual.peer().withConnections(DirectionLimits.ofTotal(PER_PEER)),
                usual.connection(),
                usual.stream());
    }
}
