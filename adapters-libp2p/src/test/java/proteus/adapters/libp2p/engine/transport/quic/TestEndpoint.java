package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** A transport on a real socket of this machine, and what its acceptor is told. */
final class TestEndpoint implements AutoCloseable, QuicAcceptor {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    final SecureRandom random = new SecureRandom();
    final Identity identity = Identity.generate(random);
    final BlockingQueue<QuicConnection> connections = new LinkedBlockingQueue<>();
    final BlockingQueue<SecurityFailedException> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<RecordingStream> inbound = new LinkedBlockingQueue<>();
    final AtomicInteger asked = new AtomicInteger();
    final QuicTransport transport;
    volatile boolean admitting = true;
    volatile boolean echo;

    private final List<Channel> listeners = new ArrayList<>();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    TestEndpoint(QuicSettings settings) {
        transport = new QuicTransport(settings, identity, loops, QuicSockets.nio(), CLOCK, random);
    }

    Channel listen() throws Exception {
        Channel listener = transport
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this)
                .sync()
                .channel();
        listeners.add(listener);
        return listener;
    }

    Future<QuicConnection> dial(Channel listener, Optional<PeerId> expected) {
        return transport.dial((InetSocketAddress) listener.localAddress(), expected, streams());
    }

    QuicConnection connect(Channel listener) throws Exception {
        return dial(listener, Optional.empty()).get(10, TimeUnit.SECONDS);
    }

    RecordingStream open(QuicConnection connection) throws Exception {
        RecordingStream recording = new RecordingStream(false);
        DuplexChannel stream = connection.openStream(recording).get(10, TimeUnit.SECONDS);
        if (!stream.equals(recording.channel.get(10, TimeUnit.SECONDS))) {
            throw new AssertionError("two streams of one");
        }
        return recording;
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T found = queue.poll(10, TimeUnit.SECONDS);
        if (found == null) {
            throw new AssertionError("nothing came");
        }
        return found;
    }

    static void await(String what, Supplier<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.onSpinWait();
        }
    }

    private ChannelHandler streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                RecordingStream recording = new RecordingStream(echo);
                stream.pipeline().addLast(recording);
                inbound.add(recording);
            }
        };
    }

    @Override
    public boolean admits(InetSocketAddress remote) {
        asked.incrementAndGet();
        return admitting;
    }

    @Override
    public ChannelHandler secured(QuicConnection connection) {
        connections.add(connection);
        return streams();
    }

    @Override
    public void failed(InetSocketAddress remote, SecurityFailedException why) {
        failures.add(why);
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
