package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.quic.QuicChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Closes the QUIC channels of a socket before the socket, so that the remotes learn it; Netty does it after.
 *
 * <p>It is a close of the transport, not of the application: of the second, quiche never gets done while it has Handshake
 * packets to acknowledge, and sends packets for ever, without leaving the event loop.
 */
final class PoliteClose extends ChannelOutboundHandlerAdapter {

    private static final int NO_ERROR = 0;

    private final Set<QuicChannel> channels = new HashSet<>();
    private boolean closing;
    private boolean closesWhenEmpty;

    /** A channel has come. On the event loop of the socket. */
    void add(QuicChannel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(_ -> {
            channels.remove(channel);
            if (closesWhenEmpty) {
                // Not at once: Netty is in the midst of closing the channel.
                channel.parent().eventLoop().execute(() -> closeIfEmpty(channel.parent()));
            }
        });
    }

    /** Closes {@code socket} as soon as it has no channel, be it now. On its event loop. */
    void closeWhenEmpty(Channel socket) {
        closesWhenEmpty = true;
        closeIfEmpty(socket);
    }

    private void closeIfEmpty(Channel socket) {
        if (closesWhenEmpty && channels.isEmpty()) {
            closing = true;
            var _ = socket.close();
        }
    }

    /** Takes {@link #closeWhenEmpty} back; returns whether it was not too late. On the event loop of the socket. */
    boolean keepOpen() {
        closesWhenEmpty = false;
        return !closing;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        List<QuicChannel> open =
                channels.stream().filter(QuicChannel::isRegistered).toList();
        if (closing || open.isEmpty()) {
            var _ = ctx.close(promise);
            return;
        }
        closing = true;
        Countdown countdown = new Countdown(open.size(), () -> {
            var _ = ctx.close(promise);
        });
        for (QuicChannel channel : open) {
            var _ = channel.close(false, NO_ERROR, Unpooled.EMPTY_BUFFER).addListener(_ -> countdown.one());
        }
    }

    /** Does something at the last of several events. */
    private static final class Countdown {

        private final Runnable last;
        private int left;

        Countdown(int left, Runnable last) {
            this.left = left;
            this.last = last;
        }

        void one() {
            left--;
            if (left == 0) {
                last.run();
            }
        }
    }
}
