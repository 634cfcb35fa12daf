package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import proteus.application.port.PeerEndpoint;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Stands between a dialler and a listener that speak libp2p, and records what either says on the gateway.
 *
 * <p>Nothing can be read on the way, so it is a listener for the one and a dialler for the other, with ids of its own.
 * What either says is passed on frame by frame; when one ends, so does the other.
 */
final class GatewayProxy implements AutoCloseable {

    private final GatewayHost near;
    private final GatewayHost far;
    private final PeerEndpoint address;
    private final PeerEndpoint target;
    private final GatewayForm form;
    private final UnaryOperator<HandshakeData> diallersRecord;
    private final UnaryOperator<HandshakeData> listenersRecord;
    private final long began = System.nanoTime();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Frame> frames = new ArrayList<>();
    private final Thread accepting;

    private GatewayProxy(
            PeerEndpoint target,
            GatewayForm form,
            UnaryOperator<HandshakeData> diallersRecord,
            UnaryOperator<HandshakeData> listenersRecord)
            throws IOException {
        this.target = target;
        this.form = form;
        this.diallersRecord = diallersRecord;
        this.listenersRecord = listenersRecord;
        near = GatewayHost.speaking(form);
        far = GatewayHost.speaking(form);
        address = near.listen(target.carrier());
        accepting = Thread.ofVirtual().name("gateway-proxy").start(this::serve);
    }

    /** A proxy for the listener at {@code target}, by the same carrier. */
    static GatewayProxy before(PeerEndpoint target, GatewayForm form) throws IOException {
        return new GatewayProxy(target, form, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** A proxy that changes the record of each dialler, and records what came of it. */
    static GatewayProxy forgingDialler(PeerEndpoint target, GatewayForm form, UnaryOperator<HandshakeData> change)
            throws IOException {
        return new GatewayProxy(target, form, change, UnaryOperator.identity());
    }

    /** A proxy that changes the record of the listener, and records what came of it. */
    static GatewayProxy forgingListener(PeerEndpoint target, GatewayForm form, UnaryOperator<HandshakeData> change)
            throws IOException {
        return new GatewayProxy(target, form, UnaryOperator.identity(), change);
    }

    /** Where diallers are to dial. */
    PeerEndpoint address() {
        return address;
    }

    private void serve() {
        try {
            while (true) {
                GatewayPeer dialler = near.accept();
                Thread.ofVirtual().start(() -> serve(dialler));
            }
        } catch (IOException closed) {
            // The end of the proxy.
        }
    }

    private void serve(GatewayPeer dialler) {
        try (dialler;
                GatewayPeer listener = far.dial(target)) {
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

    private void pump(GatewayPeer from, GatewayPeer to, int connection, boolean fromDialler) {
        try {
            boolean isRecord = true;
            for (Optional<byte[]> frame = next(from); frame.isPresent(); frame = next(from)) {
                byte[] payload = isRecord ? changed(frame.get(), fromDialler) : frame.get();
                isRecord = false;
                record(new Frame((System.nanoTime() - began) / 1e9, connection, fromDialler, payload));
                to.sendFrame(payload);
            }
            to.endOutput();
        } catch (IOException ended) {
            to.close();
        }
    }

    /** Who has a session may say nothing for long. */
    private static Optional<byte[]> next(GatewayPeer peer) throws IOException {
        peer.awaitInput();
        return peer.readFrame();
    }

    private byte[] changed(byte[] record, boolean fromDialler) {
        try {
            HandshakeData data = HandshakeRecordCodec.decode(record);
            return HandshakeRecordCodec.encode((fromDialler ? diallersRecord : listenersRecord).apply(data));
        } catch (MalformedMessageException e) {
            throw new AssertionError("a record does not decode", e);
        }
    }

    private void record(Frame frame) {
        synchronized (frames) {
            frames.add(frame);
        }
    }

    /** What was said so far on the latest connection. */
    GatewayRecording recording() {
        int latest = connections.get();
        return new GatewayRecording(
                form.encoding(),
                frames().stream().filter(frame -> frame.connection() == latest).toList());
    }

    private List<Frame> frames() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    /** The messages of the dialler, or of the listener, on the latest connection so far, without the records. */
    List<PeerMessage> said(boolean byDialler) {
        GatewayRecording recording = recording();
        if (!recording.hasBothRecords()) {
            return List.of();
        }
        return recording.conversation().stream()
                .filter(frame -> frame.fromDialler() == byDialler)
                .map(recording::message)
                .toList();
    }

    /** The kinds of these messages. */
    List<PeerMessageKind> kinds(boolean byDialler) {
        return said(byDialler).stream().map(PeerMessage::kind).toList();
    }

    /** Writes what was said so far, one line a frame. */
    void save(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, frames().stream().map(Frame::toLine).toList());
    }

    @Override
    public void close() {
        accepting.interrupt();
        near.close();
        far.close();
    }
}
