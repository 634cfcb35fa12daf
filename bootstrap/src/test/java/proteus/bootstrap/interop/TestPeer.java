package proteus.bootstrap.interop;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.frame.FrameEncoding;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/** A peer that says whatever a test wants, and remembers what both sides said. For one thread. */
final class TestPeer implements Talk {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final boolean dialler;
    private final List<Frame> frames = new ArrayList<>();
    private final long began = System.nanoTime();

    private TestPeer(Socket socket, boolean dialler) throws IOException {
        this.socket = socket;
        this.dialler = dialler;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Dials from 127.0.0.1. */
    static TestPeer dial(PeerAddress listener) throws IOException {
        return dialFrom("127.0.0.1", listener);
    }

    /** Dials from another address of this host's loopback, which is another IP to the listener. */
    static TestPeer dialFrom(String source, PeerAddress listener) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
        socket.connect(
                new InetSocketAddress(InetAddress.getByAddress(listener.ip().toBytes()), listener.port()),
                PATIENCE_MILLIS);
        return new TestPeer(socket, true);
    }

    /** Waits for somebody to dial {@code server}. */
    static TestPeer accept(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        return new TestPeer(server.accept(), false);
    }

    @Override
    public FrameEncoding encoding() {
        return FrameEncoding.BINCODE;
    }

    @Override
    public void sendRaw(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public void sendFrame(byte... payload) throws IOException {
        frames.add(frame(dialler, payload));
        sendRaw(ByteBuffer.allocate(4 + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array());
    }

    /** Sends a message. */
    void send(PeerMessage message) throws IOException {
        sendFrame(PeerMessageCodec.encode(message));
    }

    @Override
    public Optional<byte[]> readFrame() throws IOException {
        try {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            frames.add(frame(!dialler, payload));
            return Optional.of(payload);
        } catch (EOFException | SocketException closed) {
            return Optional.empty();
        }
    }

    private Frame frame(boolean fromDialler, byte[] payload) {
        return new Frame((System.nanoTime() - began) / 1e9, 1, fromDialler, payload);
    }

    /** The next message, which must come. */
    PeerMessage read() throws IOException {
        byte[] payload = readFrame().orElseThrow(() -> new AssertionError("closed before a message came"));
        try {
            return PeerMessageCodec.decode(payload);
        } catch (MalformedMessageException e) {
            throw new AssertionError("a frame that does not decode came", e);
        }
    }

    /** Shakes hands as a dialler that has to be accepted; returns what the listener says of itself. */
    HandshakeData shakeHands(HandshakeData own) throws IOException {
        send(new PeerMessage.Handshake(MagicValue.REQUEST, own));
        if (!(read() instanceof PeerMessage.Handshake(var _, var theirs))) {
            throw new AssertionError("no handshake came");
        }
        PeerMessage status = read();
        if (!status.equals(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()))) {
            throw new AssertionError("not accepted: " + status);
        }
        return theirs;
    }

    /** Shakes hands as a listener that accepts; returns what the dialler says of itself. */
    HandshakeData answerHands(HandshakeData own) throws IOException {
        if (!(read() instanceof PeerMessage.Handshake(var _, var theirs))) {
            throw new AssertionError("no handshake came");
        }
        send(new PeerMessage.Handshake(MagicValue.RESPONSE, own));
        send(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()));
        return theirs;
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** What both sides said, in the order in which it went through here. */
    List<Frame> frames() {
        return List.copyOf(frames);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
