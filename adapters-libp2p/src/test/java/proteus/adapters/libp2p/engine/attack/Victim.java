package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.adapters.libp2p.engine.swarm.UdpPorts;

/** A host that is attacked, and a peer of it that behaves well and must notice nothing. */
final class Victim implements AutoCloseable {

    static final String TCP = "/ip4/127.0.0.1/tcp/0";
    static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";

    static final String ECHO = "/test/echo/1.0.0";

    /** A protocol whose handler never reads. */
    static final String SILENT = "/test/silent/1.0.0";

    private final TestHosts hosts = new TestHosts();
    final TestHost host;
    final TestHost peer;
    final Multiaddr address;
    final Connection friendship;
    private final Stream conversation;
    private final Answers answers = new Answers();
    private final long memoryBefore;

    Victim() throws Exception {
        this(with -> with);
    }

    Victim(UnaryOperator<HostSettings.Builder> with) throws Exception {
        this(TCP, with);
    }

    Victim(String listening, UnaryOperator<HostSettings.Builder> with) throws Exception {
        host = hosts.start(with);
        peer = hosts.start();
        host.host.handle(ECHO, stream -> stream.channel().pipeline().addLast(new Echo()), KeepAlive.YES);
        host.host.handle(SILENT, stream -> stream.channel().config().setAutoRead(false), KeepAlive.YES);
        address = host.listen(listening);
        friendship = dial(peer, address);
        conversation = get(friendship.open(
                List.of(ECHO), stream -> stream.channel().pipeline().addLast(answers)));
        assertThat(say("before")).isEqualTo("before");
        host.await(ProtocolEvent.Identified.class);
        memoryBefore = usedMemory();
    }

    /** The port of its QUIC listener, for a script. */
    String udpPort() throws Exception {
        return Integer.toString(UdpPorts.socketAddress(address).getPort());
    }

    /** What the buffers of the host and its peers hold, on the heap or not; the attacker's is none of it. */
    private static long usedMemory() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    /** How much more memory of buffers is held than before the attack, in bytes; in chunks of the allocator. */
    long memoryTaken() {
        return usedMemory() - memoryBefore;
    }

    /** The connection of the peer that behaves well, in the eyes of the host. */
    private long friend() {
        return host.events(ConnectionEvent.Established.class).stream()
                .filter(established -> established.info().remotePeer().equals(peer.host.peerId()))
                .findFirst()
                .orElseThrow()
                .connection();
    }

    /** The good peer's stream still answers, its connection is the same, and another peer gets in and is answered. */
    void assertUnharmed() throws Exception {
        assertFriendUnharmed();
        TestHost other = hosts.start();
        Connection connection = dial(other, address);
        Answers heard = new Answers();
        Stream stream = get(connection.open(
                List.of(ECHO), opened -> opened.channel().pipeline().addLast(heard)));
        assertThat(heard.ask(stream, "who comes after")).isEqualTo("who comes after");
        other.host.close();
    }

    /** The same without another one. */
    void assertFriendUnharmed() throws Exception {
        assertThat(say("after")).isEqualTo("after");
        assertThat(friendship.closed().isDone()).isFalse();
        long friend = friend();
        assertThat(host.events(ProtocolEvent.Violated.class)).noneMatch(violated -> violated.connection() == friend);
        assertThat(peer.events(ProtocolEvent.Violated.class)).isEmpty();
        assertThat(peer.events(ConnectionEvent.Closed.class)).isEmpty();
    }

    private String say(String text) throws Exception {
        return answers.ask(conversation, text);
    }

    @Override
    public void close() {
        hosts.close();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ctx.write(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
            channelWritabilityChanged(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }
    }

    /** Waits for as many bytes as were sent. */
    private static final class Answers extends ChannelInboundHandlerAdapter {

        private final StringBuffer heard = new StringBuffer();
        private volatile int awaited;
        private volatile CompletableFuture<String> answer = new CompletableFuture<>();

        String ask(Stream stream, String text) throws Exception {
            heard.setLength(0);
            awaited = text.length();
            answer = new CompletableFuture<>();
            stream.channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            return answer.get(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            io.netty.buffer.ByteBuf bytes = (io.netty.buffer.ByteBuf) message;
            heard.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
            if (heard.length() >= awaited) {
                answer.complete(heard.toString());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answer.completeExceptionally(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            answer.completeExceptionally(new AssertionError("the stream ended"));
        }
    }
}
