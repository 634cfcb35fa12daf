package proteus.adapters.libp2p.gateway;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.application.frame.FramedConnection;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * A session's part of a libp2p connection: one stream with frames.
 *
 * <p>When the stream is over, so is the connection, unless the peer had no place for this node: then it stays as long as
 * unused ones do, for what else the two may want of each other.
 */
final class GatewayConnection implements PeerConnection {

    private final FramedConnection frames;
    private final Stream stream;
    private volatile boolean refused;

    /** Over {@code stream}, whose frames {@code frames} has. */
    GatewayConnection(FramedConnection frames, Stream stream) {
        this.frames = frames;
        this.stream = stream;
        stream.channel().closeFuture().addListener(_ -> {
            if (!refused) {
                var _ = stream.connection().close();
            }
        });
    }

    @Override
    public Description description() {
        return frames.description();
    }

    @Override
    public void open(Consumer<ConnectionEvent> listener) {
        frames.open(event -> {
            // On this stack a status is a refusal, and the last that the peer says.
            if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                refused = frame.kind() == PeerMessageKind.CONNECTION_STATUS;
            }
            listener.accept(event);
        });
    }

    @Override
    public void request() {
        frames.request();
    }

    @Override
    public void send(PeerMessage message) throws ConnectionClosedException {
        frames.send(message);
    }

    @Override
    public Layers layers() {
        Connection connection = stream.connection();
        Optional<IdentifyInfo> info = connection.remoteInfo();
        return new Layers(
                Optional.of(connection.security()),
                Optional.of(connection.muxer()),
                info.map(IdentifyInfo::protocols).orElse(List.of()),
                info.flatMap(IdentifyInfo::agentVersion),
                Optional.of(stream.protocol()));
    }

    @Override
    public Traffic traffic() {
        return frames.traffic();
    }

    @Override
    public void close() {
        frames.close();
    }

    /** Done when the stream is over. */
    Future<Void> over() {
        return stream.channel().closeFuture();
    }
}
