package proteus.application.session;

import java.util.concurrent.atomic.AtomicInteger;
import proteus.application.port.InboundFrame;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** A frame that counts how often it was closed. */
final class CountedFrame implements InboundFrame {

    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public PeerMessageKind kind() {
        return PeerMessageKind.BYE;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public PeerMessage decode() {
        return new PeerMessage.Bye();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    int closed() {
        return closed.get();
    }
}
