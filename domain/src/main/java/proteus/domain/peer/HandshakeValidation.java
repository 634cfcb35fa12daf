package proteus.domain.peer;

/**
 * Judges a peer's handshake as the stack does that it came over. Pure.
 *
 * <p>Source: neptune-cash 0.19.4, {@code connect_to_peers.rs} and {@code network/handshake.rs}.
 */
public final class HandshakeValidation {

    private HandshakeValidation() {}

    /**
     * The judgement of the legacy stack: the network first, then the rules of {@link ConnectionPolicy#onHandshake}.
     * Clocks are compared in whole seconds.
     *
     * @param own the handshake that was sent to this peer
     * @param theirs what the peer sent
     * @param address the peer's end of the connection
     */
    public static HandshakeVerdict legacy(
            ConnectionPolicy policy,
            HandshakeData own,
            HandshakeData theirs,
            PeerAddress address,
            ConnectionSnapshot node) {
        if (!theirs.network().equals(own.network())) {
            return new HandshakeVerdict.DifferentNetwork(theirs.network());
        }
        return of(policy.onHandshake(own, theirs, address, node));
    }

    /**
     * The judgement of the gateway on libp2p: self, network, version, clocks, then the rules of {@link
     * ConnectionPolicy#onGatewayRecord}. Clocks are compared to the nanosecond.
     *
     * @param own the handshake that was sent to this peer
     * @param theirs what the peer sent
     * @param peer who has proven who it is
     */
    public static HandshakeVerdict gateway(
            ConnectionPolicy policy, HandshakeData own, HandshakeData theirs, PeerInfo peer, ConnectionSnapshot node) {
        HandshakeVerdict verdict = record(own, theirs);
        return verdict instanceof HandshakeVerdict.Accepted ? of(policy.onGatewayRecord(peer, node)) : verdict;
    }

    /**
     * The judgement of a connection that carries on a session, on either stack: its peer was let in before and has a place,
     * so only what may have changed is looked at.
     *
     * @param own the handshake that was or will be sent to this peer
     * @param theirs what the peer sent
     * @param peer who it is
     * @param others the node without that session
     */
    public static HandshakeVerdict successor(
            HandshakeData own, HandshakeData theirs, PeerInfo peer, ConnectionSnapshot others) {
        HandshakeVerdict verdict = record(own, theirs);
        if (!(verdict instanceof HandshakeVerdict.Accepted)) {
            return verdict;
        }
        boolean isBanned = peer.address()
                .filter(address -> others.bans().isBannedOnCommandLine(address.ip()))
                .isPresent();
        if (isBanned) {
            return new HandshakeVerdict.Refused(new ConnectionRefusedReason.BadStanding());
        }
        return others.hasInstance(peer.instanceId(), peer.address()) || others.hasPeerId(peer.peerId())
                ? new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected())
                : verdict;
    }

    private static HandshakeVerdict of(TransferConnectionStatus status) {
        return switch (status) {
            case TransferConnectionStatus.Accepted() -> new HandshakeVerdict.Accepted();
            case TransferConnectionStatus.Refused(var reason) -> new HandshakeVerdict.Refused(reason);
        };
    }

    private static HandshakeVerdict record(HandshakeData own, HandshakeData theirs) {
        if (theirs.instanceId().equals(own.instanceId())) {
            return new HandshakeVerdict.Refused(new ConnectionRefusedReason.SelfConnect());
        }
        if (!theirs.network().equals(own.network())) {
            return new HandshakeVerdict.DifferentNetwork(theirs.network());
        }
        if (!VersionGate.of(theirs).isCompatibleWith(VersionGate.of(own))) {
            return new HandshakeVerdict.Refused(new ConnectionRefusedReason.IncompatibleVersion());
        }
        if (ClockDifference.isTooGreat(own.timestamp(), theirs.timestamp())) {
            return new HandshakeVerdict.Refused(ConnectionRefusedReason.Other.BAD_TIMESTAMP);
        }
        return new HandshakeVerdict.Accepted();
    }
}
