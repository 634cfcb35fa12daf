package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.SplittableRandom;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** One end of a stream; it sends bytes that its twin can foretell. */
final class RandomStream extends ChannelInboundHandlerAdapter {

    private final YamuxStreamChannel channel;
    private final Role role;
    private final boolean autoRead;
    private long sent;
    private long received;
    private long firstWrong = -1;
    private boolean ended;
    private boolean wasReset;
    private boolean hasReset;
    private boolean dropsInput;
    private boolean inactive;

    RandomStream(YamuxStreamChannel channel, Role role, boolean autoRead) {
        this.channel = channel;
        this.role = role;
        this.autoRead = autoRead;
    }

    YamuxStreamChannel channel() {
        return channel;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private static byte byteAt(Role sender, int id, long index) {
        return (byte) (index * 31 + (index >> 8) + id * 7L + sender.ordinal());
    }

    void doSomething(YamuxHandler muxer, int dice, SplittableRandom random, ByteBufAllocator allocator) {
        if (dice < 85) {
            write(random.nextInt(8) == 0 ? random.nextInt(200_000) : random.nextInt(3_000), allocator);
            if (random.nextBoolean()) {
                channel.flush();
            }
        } else if (dice < 93) {
            channel.read();
        } else if (dice < 96) {
            channel.shutdownOutput();
        } else if (dice < 97) {
            dropsInput = true;
            channel.shutdownInput();
        } else if (dice < 98) {
            hasReset = true;
            muxer.reset(channel);
        } else if (dice < 99) {
            hasReset = true;
            channel.close();
        } else {
            channel.config().setAutoRead(!channel.config().isAutoRead());
        }
    }

    private void write(int bytes, ByteBufAllocator allocator) {
        if (channel.isOutputShutdown() || !channel.isWritable()) {
            return;
        }
        ByteBuf piece = allocator.buffer(Math.max(1, bytes));
        for (int i = 0; i < bytes; i++) {
            piece.writeByte(byteAt(role, channel.streamId(), sent++));
        }
        channel.write(piece);
    }

    void end() {
        channel.config().setAutoRead(true);
        channel.shutdownOutput();
    }

    void assertIsOver(RandomStream twin, String name) {
        assertThat(inactive).as(name).isTrue();
        assertThat(firstWrong).as("first wrong byte of " + name).isEqualTo(-1);
        boolean brokenHere = wasReset || hasReset;
        if (!brokenHere && !dropsInput) {
            assertThat(ended).as(name).isTrue();
            assertThat(received).as(name).isEqualTo(twin.sent);
        }
        if (wasReset && twin != null) {
            assertThat(twin.hasReset).as("twin of " + name).isTrue();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel.config().setAutoRead(autoRead);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf piece = (ByteBuf) message;
        Role sender = role == Role.DIALLER ? Role.LISTENER : Role.DIALLER;
        while (piece.isReadable()) {
            if (piece.readByte() != byteAt(sender, channel.streamId(), received) && firstWrong < 0) {
                firstWrong = received;
            }
            received++;
        }
        piece.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ended |= event == ChannelInputShutdownEvent.INSTANCE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof StreamResetException)) {
            throw new AssertionError("unexpected", cause);
        }
        wasReset = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
    }
}
