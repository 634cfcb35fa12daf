package proteus.adapters.libp2p.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both sides over a real socket, which takes bytes when it likes. */
@Timeout(60)
final class PerfOverSocketTest {

    private static final long UP = 8_000_003;
    private static final long DOWN = 12_000_001;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private PerfResult measure(long up, long down, PerfLimits limits) throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new PerfServer(limits));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        Promise<PerfResult> result = group.next().newPromise();
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new PerfClient(up, down, result))
                .connect(listener.localAddress())
                .sync();
        return result.sync().getNow();
    }

    @Test
    void allBytesGoBothWays() throws InterruptedException {
        PerfResult result = measure(UP, DOWN, new PerfLimits(UP, DOWN));

        assertThat(result.uploadedBytes()).isEqualTo(UP);
        assertThat(result.downloadedBytes()).isEqualTo(DOWN);
        assertThat(result.uploadNanos()).isPositive();
        assertThat(result.downloadNanos()).isPositive();
    }
}
