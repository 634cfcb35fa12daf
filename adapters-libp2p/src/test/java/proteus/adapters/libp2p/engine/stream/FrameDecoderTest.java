package proteus.adapters.libp2p.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a stream of bytes becomes frames, and what is refused. */
final class FrameDecoderTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static final int LIMIT = 300;

    private final Heard heard = new Heard();
    private final DuplexEmbeddedChannel stream = streams.open(new FrameDecoder(LIMIT), heard);

    /** Remembers frames and failures. */
    private static final class Heard extends ChannelInboundHandlerAdapter {
        final List<String> frames = new ArrayList<>();
        final List<Throwable> failures = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf frame = (ByteBuf) message;
            frames.add(ByteBufUtil.hexDump(frame));
            frame.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
            failures.add(failure);
        }
    }

    private void receive(String hex) {
        stream.receive(HexFormat.of().parseHex(hex));
    }

    @Test
    void framesComeOutInTheirOrderAndMayBeEmpty() {
        receive("02abcd" + "00" + "01ef");

        assertThat(heard.frames).containsExactly("abcd", "", "ef");
    }

    @Test
    void aFrameOfTheLimitPassesAndALongerOneFailsWithItsFirstBytes() {
        receive("ac02" + "11".repeat(LIMIT));
        assertThat(heard.frames).containsExactly("11".repeat(LIMIT));

        receive("ad02");

        assertThat(heard.failures)
                .singleElement()
                .isInstanceOf(MalformedFrameException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("a frame of 301 bytes, of at most 300");
    }

    @Test
    void aLengthThatIsNoneFails() {
        for (String length : List.of("ffffffffffffffffff", "ffffffffffffffff7f", "8000", "ffffffff0f")) {
            Heard each = new Heard();
            DuplexEmbeddedChannel fresh = streams.open(new FrameDecoder(LIMIT), each);

            fresh.receive(HexFormat.of().parseHex(length));

            assertThat(each.failures).as(length).hasSize(1).hasOnlyElementsOfType(MalformedFrameException.class);
            assertThat(each.frames).isEmpty();
        }
    }

    @Test
    void afterAFailureNothingComesAndNothingIsKept() {
        receive("ad02" + "22".repeat(1000));
        receive("01aa" + "ad02");
        stream.endInput();

        assertThat(heard.frames).isEmpty();
        assertThat(heard.failures).hasSize(1);
    }

    @Test
    void anEndWithinAFrameFailsAndOneBetweenFramesDoesNot() {
        for (String cut : List.of("02ab", "02", "ac")) {
            Heard each = new Heard();
            DuplexEmbeddedChannel fresh = streams.open(new FrameDecoder(LIMIT), each);
            fresh.receive(HexFormat.of().parseHex("01ff" + cut));

            fresh.endInput();
            fresh.close();

            assertThat(each.frames).containsExactly("ff");
            assertThat(each.failures).as(cut).hasSize(1).hasOnlyElementsOfType(MalformedFrameException.class);
        }
        receive("01ff");
        stream.endInput();
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void howTheBytesAreCutDoesNotMatter() {
        for (long seed = 0; seed < 300; seed++) {
            RandomGenerator random = new Random(seed);
            Heard each = new Heard();
            DuplexEmbeddedChannel fresh = streams.open(new FrameDecoder(LIMIT), each);
            StringBuilder bytes = new StringBuilder();
            List<String> frames = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                int length = random.nextInt(LIMIT + 1);
                String body = HexFormat.of().toHexDigits((byte) i).repeat(length);
                frames.add(body);
                bytes.append(
                        length < 128
                                ? "%02x".formatted(length)
                                : "%02x%02x".formatted(length & 127 | 128, length >> 7));
                bytes.append(body);
            }

            byte[] all = HexFormat.of().parseHex(bytes);
            for (int at = 0; at < all.length; ) {
                int end = Math.min(all.length, at + 1 + random.nextInt(200));
                fresh.receive(Arrays.copyOfRange(all, at, end));
                at = end;
            }
            fresh.endInput();

            assertThat(each.frames).as("seed %d", seed).isEqualTo(frames);
            assertThat(each.failures).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void noiseFailsInOneWayOnly() {
        for (long seed = 0; seed < 300; seed++) {
            RandomGenerator random = new Random(seed);
            Heard each = new Heard();
            DuplexEmbeddedChannel fresh = streams.open(new FrameDecoder(LIMIT), each);
            byte[] noise = new byte[1 + random.nextInt(600)];
            random.nextBytes(noise);

            fresh.receive(noise);
            fresh.endInput();
            fresh.close();

            assertThat(each.failures).as("seed %d", seed).hasSizeLessThan(2);
            assertThat(each.failures).as("seed %d", seed).hasOnlyElementsOfType(MalformedFrameException.class);
        }
    }

    @Test
    void limitsThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> new FrameDecoder(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameEncoder(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
