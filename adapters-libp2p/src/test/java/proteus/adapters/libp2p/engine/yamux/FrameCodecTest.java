package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameCodec(), new ChannelInboundHandlerAdapter() {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }
    });

    private void sends(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 0001 00000001 00000000, DATA, 1, 1, 0",
        "00 01 000f fffffffe ffffffff, WINDOW_UPDATE, 15, -2, 4294967295",
        "00 02 0001 00000000 01020304, PING, 1, 0, 16909060",
        "00 03 0000 00000000 00000002, GO_AWAY, 0, 0, 2"
    })
    void headersAreReadAndWritten(String hex, FrameType type, int flags, int id, long length) {
        FrameHeader header = new FrameHeader(type, flags, id, length);

        sends(hex);
        channel.writeOutbound(header);

        assertThat(channel.<FrameHeader>readInbound()).isEqualTo(header);
        ByteBuf written = channel.readOutbound();
        assertThat(ByteBufUtil.hexDump(written)).isEqualTo(hex.replace(" ", ""));
        written.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 11, 12, 13, 29})
    void framesMayComeInAnyPieces(int size) {
        String hex = "00 00 0001 00000001 00000005 68656c6c6f 00 01 0000 00000001 00000007".replace(" ", "");
        for (int from = 0; from < hex.length(); from += size * 2) {
            sends(hex.substring(from, Math.min(hex.length(), from + size * 2)));
        }

        assertThat(channel.<FrameHeader>readInbound()).isEqualTo(FrameHeader.data(FrameHeader.SYN, 1, 5));
        StringBuilder body = new StringBuilder();
        Object last = channel.readInbound();
        while (last instanceof ByteBuf piece) {
            body.append(piece.toString(StandardCharsets.US_ASCII));
            piece.release();
            last = channel.readInbound();
        }
        assertThat(body).hasToString("hello");
        assertThat(last).isEqualTo(FrameHeader.windowUpdate(0, 1, 7));
    }

    @Test
    void onlyDataHasABody() {
        sends("00 01 0000 00000001 00000002 00 02 0001 00000000 00000005");

        assertThat(channel.<FrameHeader>readInbound()).isEqualTo(FrameHeader.windowUpdate(0, 1, 2));
        assertThat(channel.<FrameHeader>readInbound()).isEqualTo(FrameHeader.ping(5));
    }

    @Test
    void aHeaderIsToldBeforeItsBodyCame() {
        sends("00 00 0000 00000001 ffffffff");

        assertThat(channel.<FrameHeader>readInbound().length()).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void afterNonsenseNothingIsRead() {
        sends("00 09 0000 00000001 00000000 00 02 0001 00000000 00000005");
        sends("00 02 0001 00000000 00000005");

        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(events).containsExactly(YamuxEvent.Failed.violation("frame of version 0 and type 9"));
    }
}
