package proteus.bootstrap.assembly;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.Genesis;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;

/** A peer made of a plain socket, which dials and can then send whatever it wants. */
public final class RawDialler implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawDialler(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Dials from an address of loopback, such as {@code 127.0.0.2}. */
    public static RawDialler dial(String from, PeerAddress to) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(to.ip().toBytes()), to.port()), PATIENCE_MILLIS);
        return new RawDialler(socket);
    }

    /** What a node at genesis of regtest says now. */
    public static HandshakeData handshake(long instance) {
        return new HandshakeData(
                Genesis.of(new Network.RegTest()).header(),
                Optional.empty(),
                new Network.RegTest(),
                new InstanceId(0, instance),
                "0.19.4",
                true,
                false,
                PeerTime.of(Instant.now()),
                "00");
    }

    /** Shakes hands; the connection was accepted when this returns. */
    public RawDialler shakeHands(HandshakeData data) throws IOException, MalformedMessageException {
        send(new PeerMessage.Handshake(MagicValue.REQUEST, data));
        PeerMessage response = read();
        PeerMessage status = read();
        if (!(response instanceof PeerMessage.Handshake)
                || !status.equals(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()))) {
            throw new IOException("not accepted: " + response.kind() + ", " + status);
        }
        return this;
    }

    /** Sends one message. */
    public void send(PeerMessage message) throws IOException {
        sendFrame(PeerMessageCodec.encode(message));
    }

    /** Sends these bytes as one frame. */
    public void sendFrame(byte... payload) throws IOException {
        out.writeInt(payload.length);
        out.write(payload);
        out.flush();
    }

    /** Waits for one message. */
    public PeerMessage read() throws IOException, MalformedMessageException {
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return PeerMessageCodec.decode(payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
