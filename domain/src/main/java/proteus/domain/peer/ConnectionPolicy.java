package proteus.domain.peer;

import java.util.Optional;

/**
 * Decides who may connect, at each of the three points where upstream asks. The first rule that fails decides.
 *
 * <p>IPs and addresses are compared in canonical form throughout. Upstream forgets that before the handshake, so it
 * accepts some peers that it then drops; here they are refused in time and told why. Pure. Source: neptune-cash 0.19.4,
 * {@code main_loop.rs}, {@code connect_to_peers.rs}, {@code peer_loop.rs}.
 *
 * @param settings what the operator decided
 */
public record ConnectionPolicy(ConnectionSettings settings) {

    /** Why an incoming connection is dropped before a byte is read. Nothing is said to the peer. */
    public enum RefusalBeforeHandshake {
        /** The IP is banned on the command line. */
        BANNED,
        /** Nobody may dial this node. */
        INCOMING_DISALLOWED,
        /** The standing stored for the IP is bad; that the operator named the peer does not help here. */
        BAD_STANDING
    }

    /** Why a connection is dropped whose handshake went well, before its peer enters the table. Nothing is said. */
    public enum RefusalAfterHandshake {
        /** The standing stored for the IP is bad. */
        BAD_STANDING,
        /** A connected peer has the same instance id, and the same IP. */
        INSTANCE_ALREADY_CONNECTED,
        /** All places are taken. */
        TOO_MANY_PEERS,
        /** A connected peer has the same peer id. */
        PEER_ID_ALREADY_CONNECTED,
        /** The peer dialled this node and its IP has all the connections that it may have. */
        TOO_MANY_FROM_IP
    }

    /**
     * Whether an incoming legacy connection from {@code ip} may begin; empty if so. The limit on handshakes under way,
     * {@link ConnectionSettings#handshakePermits}, comes after this and is the listener's.
     */
    public Optional<RefusalBeforeHandshake> beforeHandshake(IpAddress ip, ConnectionSnapshot node) {
        if (node.bans().isBannedOnCommandLine(ip)) {
            return Optional.of(RefusalBeforeHandshake.BANNED);
        }
        if (!settings.allowsIncoming()) {
            return Optional.of(RefusalBeforeHandshake.INCOMING_DISALLOWED);
        }
        if (node.storedStandingIsBad()) {
            return Optional.of(RefusalBeforeHandshake.BAD_STANDING);
        }
        return Optional.empty();
    }

    /**
     * Judges the handshake of a legacy peer, whichever side dialled: the answer of a listener, and the silent judgement
     * of a dialler that was accepted.
     *
     * @param own the handshake that was sent to this peer; clocks are compared by its time
     * @param theirs what the peer sent; its network was compared before
     * @param address the peer's end of the connection
     */
    public TransferConnectionStatus onHandshake(
            HandshakeData own, HandshakeData theirs, PeerAddress address, ConnectionSnapshot node) {
        return refusal(own, theirs, address, node)
                .<TransferConnectionStatus>map(TransferConnectionStatus.Refused::new)
                .orElseGet(TransferConnectionStatus.Accepted::new);
    }

    private Optional<ConnectionRefusedReason> refusal(
            HandshakeData own, HandshakeData theirs, PeerAddress address, ConnectionSnapshot node) {
        if (node.bans().isBannedOnCommandLine(address.ip())) {
            return Optional.of(new ConnectionRefusedReason.BadStanding());
        }
        if (ClockDifference.isTooGreatInWholeSeconds(own.timestamp(), theirs.timestamp())) {
            return Optional.of(ConnectionRefusedReason.Other.BAD_TIMESTAMP);
        }
        if (node.storedStandingIsBad() && !settings.isConfigured(address)) {
            return Optional.of(new ConnectionRefusedReason.BadStanding());
        }
        if (isFullFor(address, node)) {
            return Optional.of(new ConnectionRefusedReason.MaxPeerNumberExceeded());
        }
        if (node.hasInstance(theirs.instanceId(), Optional.of(address)) || node.hasAddress(address)) {
            return Optional.of(new ConnectionRefusedReason.AlreadyConnected());
        }
        if (isFullFor(address.ip(), node)) {
            return Optional.of(new ConnectionRefusedReason.MaxPeerNumberExceeded());
        }
        if (theirs.instanceId().equals(own.instanceId())) {
            return Optional.of(new ConnectionRefusedReason.SelfConnect());
        }
        if (!VersionGate.of(theirs).isCompatibleWith(VersionGate.of(own))) {
            return Optional.of(new ConnectionRefusedReason.IncompatibleVersion());
        }
        return Optional.empty();
    }

    /**
     * Judges a libp2p peer whose record is valid, before it gets a place. Only the reason {@code MaxPeerNumberExceeded} is
     * told on that stack; otherwise its connection is closed. Source: neptune-cash 0.19.4, {@code network/actor.rs}.
     *
     * @param peer who has proven who it is
     */
    public TransferConnectionStatus onGatewayRecord(PeerInfo peer, ConnectionSnapshot node) {
        boolean configured = isConfigured(peer);
        if (node.hasInstance(peer.instanceId(), peer.address()) || node.hasPeerId(peer.peerId())) {
            return new TransferConnectionStatus.Refused(new ConnectionRefusedReason.AlreadyConnected());
        }
        boolean unwelcome = settings.restrictPeersToList() || (peer.inbound() && !settings.allowsIncoming());
        if (unwelcome && !configured) {
            return new TransferConnectionStatus.Refused(new ConnectionRefusedReason.BadStanding());
        }
        if (isFull(node, configured)) {
            return new TransferConnectionStatus.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded());
        }
        return new TransferConnectionStatus.Accepted();
    }

    /**
     * Whether the peer claims the instance id of a connected peer, which is at another IP. It is let in nevertheless, for
     * either of them may be the one that lies.
     */
    public boolean isContested(PeerInfo peer, ConnectionSnapshot node) {
        return node.hasInstance(peer.instanceId());
    }

    private boolean isConfigured(PeerInfo peer) {
        return peer.address().filter(settings::isConfigured).isPresent();
    }

    /**
     * Whether a peer of either stack may enter the table of connected peers; empty if so. To be asked while nobody else
     * can change that table.
     */
    public Optional<RefusalAfterHandshake> afterHandshake(PeerInfo peer, ConnectionSnapshot node) {
        boolean configured = isConfigured(peer);
        if (node.storedStandingIsBad() && !configured) {
            return Optional.of(RefusalAfterHandshake.BAD_STANDING);
        }
        if (node.hasInstance(peer.instanceId(), peer.address())) {
            return Optional.of(RefusalAfterHandshake.INSTANCE_ALREADY_CONNECTED);
        }
        if (isFull(node, configured)) {
            return Optional.of(RefusalAfterHandshake.TOO_MANY_PEERS);
        }
        if (node.hasPeerId(peer.peerId())) {
            return Optional.of(RefusalAfterHandshake.PEER_ID_ALREADY_CONNECTED);
        }
        if (peer.inbound()
                && peer.address()
                        .filter(address -> isFullFor(address.ip(), node))
                        .isPresent()) {
            return Optional.of(RefusalAfterHandshake.TOO_MANY_FROM_IP);
        }
        return Optional.empty();
    }

    private boolean isFullFor(PeerAddress address, ConnectionSnapshot node) {
        return isFull(node, settings.isConfigured(address));
    }

    /** With no places at all, each configured peer still has one, and nobody else. */
    private boolean isFull(ConnectionSnapshot node, boolean configured) {
        boolean open = settings.maxNumPeers() > 0 || configured;
        return !open || node.connectedPeers().size() >= settings.places();
    }

    private boolean isFullFor(IpAddress ip, ConnectionSnapshot node) {
        return node.connectionsFrom(ip) >= settings.maxConnectionsPerIp();
    }
}
