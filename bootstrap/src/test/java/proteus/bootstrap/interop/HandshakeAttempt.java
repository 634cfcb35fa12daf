package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;

/** A handshake of whatever kind, and what the listener made of it. */
final class HandshakeAttempt {

    static final String ACCEPTED = "ConnectionStatus[status=Accepted[]]";

    private HandshakeAttempt() {}

    /** Shakes hands with this data and says nothing more. */
    static String of(TestPeer peer, HandshakeData data) throws IOException {
        byte[] payload = PeerMessageCodec.encode(new PeerMessage.Handshake(MagicValue.REQUEST, data));
        return of(
                peer,
                ByteBuffer.allocate(4 + payload.length)
                        .putInt(payload.length)
                        .put(payload)
                        .array());
    }

    /** Sends these bytes and says nothing more; what the listener says until it accepts or closes. */
    static String of(TestPeer peer, byte[] bytes) throws IOException {
        try {
            peer.sendRaw(bytes);
        } catch (IOException closed) {
            // The listener wanted nothing of it; what it said before can still be read.
        }
        List<String> said = Answers.until(peer, ACCEPTED);
        return said.isEmpty()
                ? "closed without a word"
                : String.join(", ", said) + (said.getLast().equals(ACCEPTED) ? "" : ", closed");
    }
}
