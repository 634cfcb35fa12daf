package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import proteus.bootstrap.interop.libp2p.DelayProxy.Ready;
import proteus.bootstrap.interop.libp2p.DelayProxy.Wire;

/** One of the two sockets of a delayed connection. On the event loop alone. */
final class TcpEnd {

    private static final int CHUNK = 64 << 10;

    private final Wire wire;
    private final SocketChannel channel;
    private final boolean fromDialler;
    private final SelectionKey key;
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
    private TcpEnd other = this;
    private boolean isEndDelivered;
    private boolean isEndRead;

    /** For a socket, connected or not, from which the dialler or the listener is heard. */
    TcpEnd(Wire wire, SocketChannel channel, boolean fromDialler) throws IOException {
        this.wire = wire;
        this.channel = channel;
        this.fromDialler = fromDialler;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Ready ready = () -> orReset(this::ready);
        key = channel.register(wire.selector(), 0, ready);
    }

    /** What this end hears the other one says later, and the other way round. */
    void joinWith(TcpEnd other) {
        this.other = other;
        other.other = this;
    }

    /** Hears from now on. */
    void beginReading() {
        if (key.isValid()) {
            key.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    /** Connects, and then hears and says. */
    void connect(InetSocketAddress target) {
        orReset(() -> {
            if (channel.isOpen()) {
                key.interestOps(SelectionKey.OP_CONNECT);
                if (channel.connect(target)) {
                    connected();
                }
            }
        });
    }

    private void connected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        flush();
    }

    private void ready() throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            connected();
        }
        if (key.isValid() && key.isReadable()) {
            read();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
    }

    private void read() throws IOException {
        while (true) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            int length = channel.read(chunk);
            if (length == 0) {
                return;
            }
            if (length < 0) {
                isEndRead = true;
                key.interestOpsAnd(~SelectionKey.OP_READ);
                wire.schedule().after(wire.oneWayNanos(), other::deliverEnd);
                closeIfOver();
                return;
            }
            wire.flights().saw(fromDialler, length);
            wire.schedule().after(wire.oneWayNanos(), () -> other.deliver(chunk.flip()));
        }
    }

    private void deliver(ByteBuffer chunk) {
        outgoing.add(chunk);
        orReset(this::flush);
    }

    private void deliverEnd() {
        isEndDelivered = true;
        orReset(this::flush);
    }

    private void flush() throws IOException {
        if (!channel.isConnected()) {
            return;
        }
        while (!outgoing.isEmpty()) {
            channel.write(outgoing.element());
            if (outgoing.element().hasRemaining()) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                return;
            }
            outgoing.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        if (isEndDelivered) {
            channel.shutdownOutput();
            closeIfOver();
        }
    }

    private void closeIfOver() throws IOException {
        if (isEndRead && isEndDelivered && outgoing.isEmpty()) {
            channel.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void orReset(Step step) {
        try {
            if (channel.isOpen()) {
                step.run();
            }
        } catch (IOException failure) {
            // Also a connection that is refused.
            reset();
            wire.schedule().after(wire.oneWayNanos(), other::reset);
        }
    }

    private void reset() {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
        } catch (IOException already) {
            // It is as good as reset.
        }
    }
}
