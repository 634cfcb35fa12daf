package proteus.adapters.libp2p.engine.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeignTokensTest {

    private static final String DESTINATION = "0102030405060708090a0b0c0d0e0f1011121314";
    private static final String SOURCE = "aabbccdd";

    private final InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private final InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    private final RetryTokens tokens =
            new RetryTokens(new byte[32], Duration.ofSeconds(30), InstantSource.fixed(Instant.EPOCH), () -> false);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ForeignTokens(tokens, new SecureRandom()));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String hex, int length) {
        byte[] bytes = java.util.Arrays.copyOf(HexFormat.of().parseHex(hex), length);
        channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(bytes), local, remote));
    }

    private static String initial(String token) {
        return "c000000001" + "14" + DESTINATION + "04" + SOURCE + token + "449e";
    }

    private void assertPassed() {
        DatagramPacket passed = channel.readInbound();
        assertThat(passed).isNotNull();
        passed.release();
        assertThat(channel.<DatagramPacket>readOutbound()).isNull();
    }

    @Test
    void makesTheTagOfTheSpecification() {
        ByteBuf firstId = Unpooled.wrappedBuffer(HexFormat.of().parseHex("8394c8f03e515708"));
        ByteBuf retry = Unpooled.wrappedBuffer(HexFormat.of().parseHex("ff000000010008f067a5502a4262b5746f6b656e"));

        assertThat(HexFormat.of().formatHex(ForeignTokens.tag(firstId, retry)))
                .isEqualTo("04a265ba2eff4d829058fb3f0f2496ba");
    }

    @Test
    void passesWhatHasNoTokenOrIsNoInitial() {
        receive(initial("00"), 1200);
        assertPassed();
        receive("40" + "00".repeat(60), 1200);
        assertPassed();
        receive("e000000001" + "14" + DESTINATION, 1200);
        assertPassed();
        // Another version, whose fields may be others.
        receive("c0ffffffff" + "14" + DESTINATION + "04" + SOURCE + "03aabbcc", 1200);
        assertPassed();
    }

    @Test
    void passesBrokenPacketsToTheCodecWhichDropsThem() {
        for (String broken : new String[] {
            "",
            "c0",
            "c000000001",
            "c00000000115" + DESTINATION,
            "c00000000114" + DESTINATION + "ff",
            "c0000000010000",
            "c0000000010000c0",
            "c0000000010000ffffffffffffffff",
            "c0000000010000410000"
        }) {
            receive(broken, broken.length() / 2);
            assertPassed();
        }
    }

    @Test
    void answersAForeignTokenWithARetryWhoseTokenIsGood() {
        receive(initial("03aabbcc"), 1200);

        assertThat(channel.<Object>readInbound()).isNull();
        DatagramPacket answer = channel.readOutbound();
        ByteBuf retry = answer.content();
        assertThat(answer.recipient()).isEqualTo(remote);
        assertThat(retry.readUnsignedByte() & 0xf0).isEqualTo(0xf0);
        assertThat(retry.readInt()).isEqualTo(1);
        assertThat(ByteBufUtil.hexDump(retry.readSlice(retry.readByte()))).isEqualTo(SOURCE);
        assertThat(retry.readByte()).isEqualTo((byte) 20);
        retry.skipBytes(20);
        ByteBuf token = retry.readSlice(retry.readableBytes() - 16);
        assertThat(tokens.isValid(token, remote)).isTrue();
        int offset = tokens.validateToken(token, remote);
        assertThat(ByteBufUtil.hexDump(token.slice(offset, token.readableBytes() - offset)))
                .isEqualTo(DESTINATION);
        answer.release();
    }

    @Test
    void passesItsOwnToken() {
        ByteBuf token = Unpooled.buffer();
        tokens.mint(token, Unpooled.wrappedBuffer(HexFormat.of().parseHex(DESTINATION)), remote);

        receive(initial(HexFormat.of().toHexDigits((byte) token.readableBytes()) + ByteBufUtil.hexDump(token)), 1200);

        assertPassed();
    }

    @Test
    void answersNothingToADatagramThatIsTooShort() {
        receive(initial("03aabbcc"), 1199);

        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(channel.<Object>readOutbound()).isNull();
    }
}
