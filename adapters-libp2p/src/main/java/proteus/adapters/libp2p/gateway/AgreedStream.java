package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import proteus.adapters.libp2p.engine.Stream;
import proteus.application.frame.FrameChannel;
import proteus.application.port.PeerEndpoint;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.HandshakeData;

/** The stream that both sides of a gateway have agreed on, over which records go and then frames. */
final class AgreedStream {

    private final Stream stream;
    private final SessionProtocol protocol;
    private final RecordExchange exchange;

    /** Reads the peer's record off {@code stream}, by {@code protocol}, from now on. On its event loop. */
    AgreedStream(Stream stream, SessionProtocol protocol) {
        this.stream = stream;
        this.protocol = protocol;
        this.exchange = new RecordExchange(protocol.record().mostBytes());
        stream.channel().pipeline().addLast("record", exchange);
    }

    Stream stream() {
        return stream;
    }

    /** Done when the stream is over. */
    ChannelFuture over() {
        return stream.channel().closeFuture();
    }

    /** Sends this node's record, and waits until it is on its way. */
    void send(HandshakeData own, Deadline deadline) throws InterruptedException, ExecutionException, TimeoutException {
        byte[] bytes = protocol.record().encode(own);
        ByteBuf record = Unpooled.wrappedBuffer(Unpooled.copyInt(bytes.length), Unpooled.wrappedBuffer(bytes));
        var _ = deadline.await(stream.channel().writeAndFlush(record));
    }

    /** Waits for the peer's record. Once. */
    HandshakeData receive(Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException, MalformedMessageException {
        deadline.await(exchange.record());
        return protocol.record().decode(exchange.takeRecord());
    }

    /** What follows the records. On the event loop, once. */
    FrameChannel frames(GatewayMeans means, PeerEndpoint peer) {
        FrameChannel frames = means.frames(stream, protocol, peer);
        ByteBuf rest = exchange.takeRest();
        if (rest.isReadable()) {
            frames.received(rest.nioBuffer(), rest::release);
        } else {
            rest.release();
        }
        stream.channel().pipeline().replace("record", "frames", new StreamLink.Handler(frames));
        return frames;
    }

    /** Does {@code task} on the event loop, and waits for what it makes. */
    <T> T onLoop(Callable<T> task, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return deadline.await(stream.channel().eventLoop().submit(task));
    }
}
