package proteus.adapters.libp2p.engine.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RetryTokensTest {

    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final ByteBuf id = Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9801);
    private Instant now = START;
    private boolean busy = true;
    private final RetryTokens tokens = tokens(new byte[32]);

    private RetryTokens tokens(byte[] secret) {
        InstantSource clock = () -> now;
        return new RetryTokens(secret, Duration.ofSeconds(30), clock, () -> busy);
    }

    private ByteBuf token() {
        ByteBuf token = Unpooled.buffer();
        assertThat(tokens.writeToken(token, id, address)).isTrue();
        return token;
    }

    @Test
    void takesItsTokenAndFindsTheIdInIt() {
        ByteBuf token = token();

        int offset = tokens.validateToken(token, address);

        assertThat(token.slice(offset, token.readableBytes() - offset)).isEqualTo(id);
        assertThat(token.readableBytes()).isLessThanOrEqualTo(tokens.maxTokenLength());
    }

    @Test
    void writesNoneWhenItIsCalm() {
        busy = false;
        ByteBuf out = Unpooled.buffer();

        assertThat(tokens.writeToken(out, id, address)).isFalse();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void refusesATokenThatIsTooOld() {
        ByteBuf token = token();

        now = START.plusMillis(29_999);
        assertThat(tokens.validateToken(token, address)).isPositive();
        now = START.plusSeconds(30);
        assertThat(tokens.validateToken(token, address)).isEqualTo(-1);
    }

    @Test
    void refusesATokenOfAnotherAddressOrPort() throws Exception {
        ByteBuf token = token();

        assertThat(tokens.validateToken(token, new InetSocketAddress(address.getAddress(), 9802)))
                .isEqualTo(-1);
        assertThat(tokens.validateToken(
                        token, new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 9801)))
                .isEqualTo(-1);
    }

    @Test
    void refusesATokenOfAnotherSecret() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(tokens(other).validateToken(token(), address)).isEqualTo(-1);
    }

    @Test
    void refusesEveryChangedBitAndEveryOtherLength() {
        ByteBuf token = token();

        for (int i = 0; i < token.readableBytes() * 8; i++) {
            ByteBuf bad = token.copy();
            bad.setByte(i / 8, bad.getByte(i / 8) ^ (1 << (i % 8)));
            assertThat(tokens.validateToken(bad, address)).as("bit %d", i).isEqualTo(-1);
        }
        for (int length = 0; length < token.readableBytes(); length++) {
            assertThat(tokens.validateToken(token.slice(0, length), address)).isEqualTo(-1);
        }
        assertThat(tokens.validateToken(Unpooled.buffer().writeZero(2000), address))
                .isEqualTo(-1);
    }
}
