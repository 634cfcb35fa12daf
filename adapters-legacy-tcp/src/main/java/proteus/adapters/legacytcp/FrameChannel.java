package proteus.adapters.legacytcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import proteus.application.memory.InboundBudget;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * A socket that carries frames: its framing in both directions and one more handler, which takes what comes in.
 *
 * <p>For any thread unless said otherwise.
 */
final class FrameChannel {

    /** How long a close may take to send what is queued and to hear the peer's end of stream. */
    static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final Channel channel;
    private final PeerAddress peer;
    private final LegacyFrameDecoder decoder;
    private final OutboundQueue outbound;

    /** Frames over {@code channel}, which must not read by itself. */
    FrameChannel(Channel channel, PeerAddress peer, InboundBudget budget, int outboundBytes) {
        this.channel = channel;
        this.peer = peer;
        decoder = new LegacyFrameDecoder(budget);
        outbound = new OutboundQueue(channel, outboundBytes);
    }

    /** The plain form of a socket address; an IPv4-mapped one becomes IPv4. */
    static PeerAddress addressOf(InetSocketAddress socket) {
        IpAddress ip = IpAddress.of(socket.getAddress().getAddress()).canonical();
        return new PeerAddress(ip, socket.getPort());
    }

    /** Puts the framing into the pipeline and {@code receiver} behind it. Event loop only. */
    void install(ChannelHandler receiver) {
        channel.pipeline()
                .addLast("frames", decoder)
                .addLast("outbound", outbound)
                .addLast("receiver", receiver);
    }

    /** Replaces the receiver, and ends the limits of the handshake. No frame may be asked for before. */
    void establish(ChannelHandler receiver) {
        onLoop(() -> {
            decoder.endHandshake();
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get("receiver") == null) {
                // The channel has been torn down and its pipeline with it; the new receiver sees that at once.
                pipeline.addLast("receiver", receiver);
            } else {
                pipeline.replace("receiver", "receiver", receiver);
            }
        });
    }

    /** Where the peer is. */
    PeerAddress peer() {
        return peer;
    }

    /** Whether anything has come from the peer. */
    boolean anyBytesSeen() {
        return decoder.anyBytesSeen();
    }

    /** The outbound side. */
    OutboundQueue outbound() {
        return outbound;
    }

    /** Asks for one more frame. */
    void request() {
        onLoop(decoder::request);
    }

    /** Closes without more ado; what is queued is lost. */
    void closeNow() {
        outbound.refuseMore();
        var _ = channel.close();
    }

    /**
     * Closes after what is queued is sent, and after the peer's end of stream or one second.
     *
     * <p>To close a socket with unread bytes resets the connection, and the peer may lose what was sent last; so what
     * still comes is read and dropped.
     */
    void closeGently() {
        outbound.refuseMore();
        onLoop(() -> {
            if (!channel.isActive()) {
                var _ = channel.close();
                return;
            }
            decoder.discard(true);
            Future<?> patience = channel.eventLoop()
                    .schedule(
                            () -> {
                                var _ = channel.close();
                            },
                            CLOSE_PATIENCE.toMillis(),
                            TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> patience.cancel(false));
            var _ = outbound.whenEmpty().whenComplete((_, failure) -> {
                if (failure == null && channel instanceof DuplexChannel duplex) {
                    var _ = duplex.shutdownOutput();
                } else {
                    var _ = channel.close();
                }
            });
        });
    }

    /** Runs {@code task} on the event loop, or here when the loop has ended. */
    void onLoop(Runnable task) {
        EventLoop loop = channel.eventLoop();
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopIsGone) {
            task.run();
        }
    }
}
