package proteus.adapters.legacytcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import proteus.application.contract.FrameBytes;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerAddress;

/** A peer that is a plain socket, and says whatever a test wants. */
final class RawPeer implements AutoCloseable {

    /** The longest a test waits for anything. */
    static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One that is connected already. */
    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Dials from 127.0.0.1. */
    static RawPeer dial(PeerAddress listener) throws IOException {
        return dialFrom("127.0.0.1", listener);
    }

    /** Dials from another loopback address. */
    static RawPeer dialFrom(String source, PeerAddress listener) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
        socket.connect(
                new InetSocketAddress(InetAddress.getByAddress(listener.ip().toBytes()), listener.port()),
                PATIENCE_MILLIS);
        return new RawPeer(socket);
    }

    /** Sends these bytes as they are. */
    void send(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends a frame with this payload. */
    void sendFrame(byte... payload) throws IOException {
        send(FrameBytes.frame(payload));
    }

    /**
     * Sends one byte after the other, each when the other side has not closed for {@code pace}.
     *
     * @return how many it sent before the other side closed, or all
     */
    int trickle(byte[] bytes, Duration pace) throws IOException {
        socket.setSoTimeout((int) pace.toMillis());
        int sent = 0;
        try {
            while (sent < bytes.length && !ended()) {
                send(bytes[sent]);
                sent++;
            }
        } catch (SocketException reset) {
            // The other side closed, and bytes were on their way.
        }
        return sent;
    }

    private boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        }
    }

    /** Says that nothing more comes, and still reads. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads one frame's payload. */
    byte[] readFrame() throws IOException {
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return payload;
    }

    /** Whether the other side says no more and closes, and does not reset the connection. */
    boolean endsInOrder() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Reads to the end; a reset counts as one. */
    byte[] readToEnd() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    /** Shakes hands as a dialler that is accepted. */
    RawPeer shakeHands(HandshakeData data) throws IOException {
        sendFrame(Handshakes.request(data));
        byte[] response = readFrame();
        byte[] status = readFrame();
        if (response[0] != 0 || status.length != 2 || status[0] != 0x14 || status[1] != 1) {
            throw new IOException("not accepted");
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
