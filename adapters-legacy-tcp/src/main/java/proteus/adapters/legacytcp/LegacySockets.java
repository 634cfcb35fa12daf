package proteus.adapters.legacytcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.domain.peer.PeerAddress;

/** Opens and accepts sockets, which read only when they are told to. Blocks: for virtual threads. */
final class LegacySockets {

    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 256 << 10);

    // A read gets one buffer, and one read goes on at a time: so large ones for those who send much.
    private static final RecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(2048, 16_384, 262_144);

    private final EventLoopGroup loops;
    private final Duration connectTimeout;

    /** Sockets on {@code loops}; {@code connectTimeout} is for each that is dialled. */
    LegacySockets(EventLoopGroup loops, Duration connectTimeout) {
        this.loops = loops;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Listens at {@code address}.
     *
     * @param accepted takes each socket that comes in, on its event loop
     */
    Channel listen(PeerAddress address, Consumer<SocketChannel> accepted) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        accepted.accept(socket);
                    }
                })
                .bind(SocketAddresses.socketAddress(address))
                .awaitUninterruptibly();
        @Nullable Throwable failure = bound.cause();
        if (failure != null) {
            throw new IOException("cannot listen on " + address + ": " + failure.getMessage(), failure);
        }
        return bound.channel();
    }

    /**
     * Closes a listener; done when the system has its port back. That is later than the channel's own close: the JDK gives
     * up a socket that a selector knows only when it is selected from the next time.
     */
    static Future<Void> free(Channel listener) {
        Promise<Void> freed = GlobalEventExecutor.INSTANCE.newPromise();
        // A task that the loop itself schedules runs in its next turn, which begins with selecting.
        listener.close().addListener(_ -> {
            var _ = listener.eventLoop().schedule(() -> freed.trySuccess(null), 1, TimeUnit.NANOSECONDS);
        });
        return freed;
    }

    /** Connects to {@code address}; the socket has no handler yet. */
    Channel connect(PeerAddress address) throws DialFailedException, InterruptedException {
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        // The framing comes when the connection stands; until then nothing reads.
                    }
                })
                .connect(SocketAddresses.socketAddress(address));
        try {
            connecting.await();
        } catch (InterruptedException e) {
            var _ = connecting.channel().close();
            throw e;
        }
        @Nullable Throwable failure = connecting.cause();
        if (failure != null) {
            throw new DialFailedException(notConnected(failure));
        }
        return connecting.channel();
    }

    // What the system itself calls timed out is a ConnectException too. That takes it a minute or two, so this node's
    // own
    // time-out comes first; to be sure, its text counts, though that is of the system's language.
    private static Cause notConnected(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        return switch (failure) {
            case ConnectTimeoutException _ -> new Cause.TimedOut("connecting");
            case ConnectException _ when !text.contains("timed out") -> new Cause.PortClosed(text);
            default -> new Cause.Unreachable(text);
        };
    }
}
