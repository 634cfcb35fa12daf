package proteus.application.migration;

import java.util.Optional;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;

/** Where a connected peer takes legacy connections. */
final class LegacyAddress {

    private LegacyAddress() {}

    /** Where it was dialled, or where its handshake says it listens; empty if it takes none. */
    static Optional<PeerAddress> of(Description peer) {
        if (peer.stack() == Stack.LEGACY && peer.direction() == Direction.OUTBOUND) {
            return Optional.of(peer.address());
        }
        return peer.handshake()
                .listenPort()
                .filter(port -> port > 0)
                .map(port -> new PeerAddress(peer.address().ip(), port));
    }
}
