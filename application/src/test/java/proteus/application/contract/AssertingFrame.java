package proteus.application.contract;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import proteus.application.port.InboundFrame;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Any frame, with a look at where and when it is decoded and whether it is closed. */
final class AssertingFrame implements InboundFrame {

    private static final int BIG = 64 << 10;

    private final InboundFrame frame;
    private final BrokenRules broken;
    private final BooleanSupplier isDelivering;
    private final Consumer<AssertingFrame> whenClosed;
    private volatile boolean closed;

    AssertingFrame(
            InboundFrame frame, BrokenRules broken, BooleanSupplier isDelivering, Consumer<AssertingFrame> whenClosed) {
        this.frame = frame;
        this.broken = broken;
        this.isDelivering = isDelivering;
        this.whenClosed = whenClosed;
    }

    @Override
    public PeerMessageKind kind() {
        return frame.kind();
    }

    @Override
    public int size() {
        return frame.size();
    }

    @Override
    public PeerMessage decode() throws MalformedMessageException {
        if (closed) {
            broken.add(PortRule.DECODE_BEFORE_CLOSE, text());
        }
        if (size() > BIG && (Thread.currentThread().isVirtual() || isDelivering.getAsBoolean())) {
            broken.add(PortRule.BIG_DECODE_ON_THE_WORK_POOL, text() + " on " + Thread.currentThread());
        }
        return frame.decode();
    }

    private String text() {
        return kind() + " of " + size() + " bytes";
    }

    @Override
    public void close() {
        closed = true;
        whenClosed.accept(this);
        frame.close();
    }
}
