package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** What a stream receives: gives the application what it has read for, and the remote credit for that. */
final class StreamInput {

    private final YamuxStreamChannel stream;
    private final ReceiveWindow window;
    private final ReceiveQueue received;
    private final UnreadBytes unread;
    private int counted;
    private boolean readPending;
    private boolean delivering;
    private boolean dropped;
    private boolean finReceived;
    private boolean ended;

    StreamInput(YamuxStreamChannel stream, ReceiveWindow window, UnreadBytes unread) {
        this.stream = stream;
        this.window = window;
        this.unread = unread;
        this.received = new ReceiveQueue(stream.parent().alloc());
    }

    ReceiveWindow window() {
        return window;
    }

    boolean isFinReceived() {
        return finReceived;
    }

    /** Whether the application has had all, and its end. */
    boolean isEnded() {
        return ended;
    }

    void read() {
        if (!ended) {
            readPending = true;
            deliver();
            countLess();
        }
    }

    /** Takes over {@code piece}, which the window has room for; if memory has none, the stream is reset. */
    void receive(ByteBuf piece) {
        if (stream.isOpen() && !dropped) {
            received.add(piece);
            deliver();
            countLess();
            if (!countMore()) {
                stream.reset();
            }
            return;
        }
        int bytes = piece.readableBytes();
        piece.release();
        consumed(bytes);
    }

    void receiveFin() {
        finReceived = true;
        ended |= dropped;
        deliver();
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (readPending && !received.isEmpty()) {
                readPending = false;
                ByteBuf piece = received.remove();
                int bytes = piece.readableBytes();
                stream.pipeline().fireChannelRead(piece);
                consumed(bytes);
                stream.pipeline().fireChannelReadComplete();
            }
        } finally {
            delivering = false;
        }
        if (stream.isOpen() && readPending && finReceived && !ended) {
            ended = true;
            stream.inputShutDown();
            stream.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** Counts only what has stayed: what is read at once costs nothing. */
    private boolean countMore() {
        int more = received.bytes() - counted;
        if (more > 0 && !unread.add(more)) {
            return false;
        }
        counted = received.bytes();
        return true;
    }

    private void countLess() {
        int less = counted - received.bytes();
        if (less > 0) {
            unread.remove(less);
            counted -= less;
        }
    }

    private void consumed(int bytes) {
        long update = finReceived || !stream.isOpen() ? 0 : window.consume(bytes);
        if (update > 0) {
            stream.giveCredit(update);
        }
    }

    /** Drops what is unread and what still comes. Its credit is given back, so that the remote's end comes through. */
    void drop() {
        dropped = true;
        ended |= finReceived;
        consumed(received.clear());
        countLess();
    }

    /** Lets go of all that is held, for ever. */
    void close() {
        received.clear();
        countLess();
        window.close();
    }
}
