package proteus.bootstrap.interop;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * Stands between a dialler and a listener on 127.0.0.1, passes on what either says, and records it frame by frame.
 *
 * <p>The listener may be away for a while: a connection that cannot be passed on is closed.
 */
final class RecordingProxy implements AutoCloseable {

    /** No frame of these tests is longer; a length above it is passed on, with all that follows, unrecorded. */
    private static final int MAX_RECORDED = 64 << 20;

    private final ServerSocket server;
    private final PeerAddress target;
    private final UnaryOperator<byte[]> diallersFirst;
    private final UnaryOperator<byte[]> listenersFirst;
    private final long began = System.nanoTime();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Frame> frames = new ArrayList<>();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    private RecordingProxy(
            int port, PeerAddress target, UnaryOperator<byte[]> diallersFirst, UnaryOperator<byte[]> listenersFirst)
            throws IOException {
        this.target = target;
        this.diallersFirst = diallersFirst;
        this.listenersFirst = listenersFirst;
        server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** A proxy for the listener at {@code target}. */
    static RecordingProxy before(PeerAddress target) throws IOException {
        return forgingDialler(target, UnaryOperator.identity());
    }

    /** A proxy that changes the first frame of each dialler, and records what came of it. */
    static RecordingProxy forgingDialler(PeerAddress target, UnaryOperator<byte[]> change) throws IOException {
        return new RecordingProxy(0, target, change, UnaryOperator.identity());
    }

    /** A proxy at a port of its own that changes the first frame of the listener, and records what came of it. */
    static RecordingProxy forgingListener(int port, PeerAddress target, UnaryOperator<byte[]> change)
            throws IOException {
        return new RecordingProxy(port, target, UnaryOperator.identity(), change);
    }

    /** Where diallers are to dial. */
    PeerAddress address() {
        return new PeerAddress(new IpAddress.V4(0x7F000001), server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket dialler = server.accept();
                open.add(dialler);
                Thread.ofVirtual().start(() -> serve(dialler));
            }
        } catch (IOException closed) {
            // The end of the proxy.
        }
    }

    private void serve(Socket dialler) {
        try (dialler;
                Socket listener = new Socket()) {
            listener.connect(
                    new InetSocketAddress(InetAddress.getByAddress(target.ip().toBytes()), target.port()));
            open.add(listener);
            int connection = connections.incrementAndGet();
            Thread back = Thread.ofVirtual().start(() -> pump(listener, dialler, connection, false));
            pump(dialler, listener, connection, true);
            back.join();
        } catch (IOException unreachable) {
            // The dialler sees a closed connection, as it would without a proxy.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, int connection, boolean fromDialler) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            UnaryOperator<byte[]> change = fromDialler ? diallersFirst : listenersFirst;
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > MAX_RECORDED) {
                    out.write(ByteBuffer.allocate(4).putInt(length).array());
                    in.transferTo(out);
                    throw new EOFException();
                }
                byte[] payload = in.readNBytes(length);
                boolean whole = payload.length == length;
                if (whole) {
                    payload = change.apply(payload);
                    change = UnaryOperator.identity();
                    record(new Frame((System.nanoTime() - began) / 1e9, connection, fromDialler, payload));
                }
                out.write(ByteBuffer.allocate(4 + payload.length)
                        .putInt(whole ? payload.length : length)
                        .put(payload)
                        .array());
                out.flush();
            }
        } catch (IOException ended) {
            closeOutput(to);
        }
    }

    private static void closeOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException closed) {
            // Closed by the other side already.
        }
    }

    private void record(Frame frame) {
        synchronized (frames) {
            frames.add(frame);
        }
    }

    /** What was said so far. */
    List<Frame> frames() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    /** Writes what was said so far, one line a frame. */
    void save(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, frames().stream().map(Frame::toLine).toList());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
