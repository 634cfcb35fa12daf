package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.wire.HandshakeRecordCodec;

final class RecordExchangeTest {

    private static final byte[] RECORD = hex("0102030405060708");

    private final RecordExchange exchange = new RecordExchange(HandshakeRecordCodec.MAX_BYTES);
    private final Reads reads = new Reads();
    private final EmbeddedChannel channel = new EmbeddedChannel(reads, exchange);
    private final List<ByteBuf> given = new ArrayList<>();

    private static final class Reads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) throws Exception {
            count++;
            ctx.read();
        }
    }

    /** Whatever comes of it, every buffer is given back. */
    @AfterEach
    void nothingIsKept() {
        channel.finishAndReleaseAll();
        assertThat(given).allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
    }

    private void receive(byte... bytes) {
        ByteBuf buffer = Unpooled.directBuffer().writeBytes(bytes);
        given.add(buffer);
        channel.writeInbound(buffer);
    }

    private byte[] rest() {
        ByteBuf rest = exchange.takeRest();
        byte[] bytes = ByteBufUtil.getBytes(rest);
        rest.release();
        return bytes;
    }

    private void assertRecord(byte... expected) {
        assertThat(exchange.record()).isCompleted();
        assertThat(exchange.takeRecord()).isEqualTo(expected);
        assertThat(exchange.takeRecord()).as("what is kept of it then").isEmpty();
    }

    private void assertFailed(Class<? extends Throwable> with) {
        assertThatThrownBy(exchange.record()::get).hasCauseInstanceOf(with);
    }

    @Test
    void aRecordIsWhatItsLengthSays() {
        receive(frame(RECORD));

        assertRecord(RECORD);
        assertThat(rest()).isEmpty();
    }

    @Test
    void aRecordComesInAnyPieces() {
        for (byte single : frame(RECORD)) {
            assertThat(exchange.record()).isNotDone();
            receive(single);
        }

        assertRecord(RECORD);
    }

    @Test
    void anEmptyRecordIsOneOfNoBytes() {
        receive(frame());

        assertRecord(new byte[0]);
    }

    @Test
    void whatFollowsIsForWhoComesNext() {
        receive(joined(frame(RECORD), hex("aabb")));
        receive(hex("cc"));

        assertRecord(RECORD);
        assertThat(rest()).isEqualTo(hex("aabbcc"));
        assertThat(rest()).isEmpty();
    }

    @Test
    void whatFollowsAndIsNotTakenIsGivenBack() {
        receive(joined(frame(RECORD), hex("aabb")));

        channel.pipeline().remove(exchange);

        assertThat(given.getFirst().refCnt()).isZero();
    }

    @Test
    void itReadsUntilTheRecordIsThereAndNoFurther() {
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(reads.count).isEqualTo(1);

        receive(announced(RECORD.length));
        assertThat(reads.count).isEqualTo(2);
        receive(RECORD);

        assertThat(exchange.record()).isDone();
        assertThat(reads.count).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {RecordExchange.MOST_KEPT - 1, RecordExchange.MOST_KEPT, HandshakeRecordCodec.MAX_BYTES})
    void aLongRecordIsReadToItsEndAndKeptInPart(int length) {
        byte[] record = padded(length, RECORD);
        record[length - 1] = 9;
        byte[] sent = joined(frame(record), hex("aa"));

        for (int at = 0; at < sent.length; at += 10_000) {
            assertThat(exchange.record()).isNotDone();
            receive(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + 10_000)));
        }

        assertRecord(Arrays.copyOf(record, Math.min(length, RecordExchange.MOST_KEPT)));
        assertThat(rest()).isEqualTo(hex("aa"));
    }

    @ParameterizedTest
    @ValueSource(longs = {HandshakeRecordCodec.MAX_BYTES + 1, 0x8000_0000L, 0xFFFF_FFFFL})
    void aRecordThatIsTooLongIsRefusedByItsLength(long length) {
        receive(announced(length));

        assertFailed(TooLongFrameException.class);
        assertThat(reads.count).isEqualTo(1);
    }

    @Test
    void theEndBeforeTheRecordIsAFailure() {
        receive(Arrays.copyOf(frame(RECORD), 10));

        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        assertFailed(IOException.class);
    }

    @Test
    void theEndBehindTheRecordIsNone() {
        receive(frame(RECORD));

        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.close();

        assertRecord(RECORD);
    }

    @Test
    void aStreamThatIsClosedFailsIt() {
        channel.close();

        assertFailed(IOException.class);
    }

    @Test
    void aStreamThatBreaksFailsItWithTheCause() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("planted"));

        assertFailed(IllegalStateException.class);
    }

    @Test
    void whoGivesUpFailsIt() {
        receive(announced(RECORD.length));

        channel.pipeline().remove(exchange);

        assertFailed(IOException.class);
    }
}
