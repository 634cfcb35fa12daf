package proteus.bootstrap.interop;

import java.io.IOException;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerAddress;

/**
 * Dials a node over the legacy stack, each time from another IP.
 *
 * @param address where the node listens
 */
record LegacyDial(PeerAddress address) implements NonsenseTable.Dial {

    @Override
    public Talk from(String source, HandshakeData own) throws IOException {
        TestPeer peer = TestPeer.dialFrom(source, address);
        peer.shakeHands(own);
        return peer;
    }

    @Override
    public String attemptFrom(String source) throws IOException {
        try (TestPeer peer = TestPeer.dialFrom(source, address)) {
            return HandshakeAttempt.of(peer, Handshakes.fresh());
        }
    }
}
