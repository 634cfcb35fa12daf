package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

/** What a pipeline hears of writes that fail. */
final class BrokenWritesTest {

    /** A channel that fails each write with {@code failure}, and one write to it. */
    private static EmbeddedChannel afterAWriteThatFails(Throwable failure) {
        EmbeddedChannel channel = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                        promise.setFailure(failure);
                    }
                },
                new BrokenWrites());
        assertThat(channel.writeAndFlush(Unpooled.EMPTY_BUFFER).cause()).isSameAs(failure);
        return channel;
    }

    @Test
    void aResetThatAWriteMeetsIsTold() {
        IOException reset = new IOException("Connection reset by peer");

        EmbeddedChannel channel = afterAWriteThatFails(reset);

        assertThatThrownBy(channel::checkException).isSameAs(reset);
    }

    @Test
    void aWriteToWhatIsClosedTellsNothingNew() {
        EmbeddedChannel channel = afterAWriteThatFails(new ClosedChannelException());

        assertThatCode(channel::checkException).doesNotThrowAnyException();
    }
}
