package proteus.adapters.libp2p.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.EncoderException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How messages go out. */
final class FrameEncoderTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static BytesValue message(int bytes) {
        return BytesValue.of(ByteString.copyFrom(new byte[bytes]));
    }

    @Test
    void aMessageHasItsLengthBeforeIt() {
        DuplexEmbeddedChannel stream = streams.open(new FrameEncoder(300));

        stream.writeOutbound(message(2), message(200), BytesValue.getDefaultInstance());

        assertThat(stream.sent())
                .isEqualTo(HexFormat.of().parseHex("040a020000" + "cb01" + "0ac801" + "00".repeat(200) + "00"));
    }

    @Test
    void anOwnMessageAboveTheLimitIsNotSent() {
        DuplexEmbeddedChannel stream = streams.open(new FrameEncoder(10));

        ChannelFuture fits = stream.writeOneOutbound(message(8));
        ChannelFuture tooLong = stream.writeOneOutbound(message(9));
        stream.flushOutbound();

        assertThat(fits.isSuccess()).isTrue();
        assertThat(tooLong.cause())
                .isInstanceOf(EncoderException.class)
                .hasRootCauseMessage("a message of 11 bytes, of at most 10");
        assertThat(stream.sent()).hasSize(11);
    }
}
