package proteus.bootstrap.interop;

import java.time.Duration;
import java.util.function.UnaryOperator;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** Changes to a handshake on its way, for what no node says of itself of its own accord. */
final class Forgery {

    private Forgery() {}

    /** A clock that is this much ahead. */
    static UnaryOperator<byte[]> clock(Duration ahead) {
        return of(data -> Handshakes.withClock(data, ahead));
    }

    /** A tip with more work behind it than any of the tests has, so that the other side asks for its announcement. */
    static UnaryOperator<byte[]> moreWork() {
        return of(Handshakes::withMoreWork);
    }

    private static UnaryOperator<byte[]> of(UnaryOperator<HandshakeData> change) {
        return payload -> {
            try {
                if (PeerMessageCodec.decode(payload) instanceof PeerMessage.Handshake(var magic, var data)) {
                    return PeerMessageCodec.encode(new PeerMessage.Handshake(magic, change.apply(data)));
                }
            } catch (MalformedMessageException e) {
                throw new AssertionError("a first frame does not decode", e);
            }
            throw new AssertionError("a first frame is no handshake");
        };
    }
}
