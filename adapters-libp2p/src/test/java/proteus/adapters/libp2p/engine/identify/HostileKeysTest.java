package proteus.adapters.libp2p.engine.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.identify.Samples.framed;
import static proteus.adapters.libp2p.engine.identify.Samples.hex;

import com.google.protobuf.ByteString;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException.Reason;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;

/** Keys that other implementations fell to when they read them in a telling. */
final class HostileKeysTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private Throwable failureOf(ByteString publicKey) {
        Promise<IdentifyInfo> result = ImmediateEventExecutor.INSTANCE.newPromise();
        DuplexEmbeddedChannel stream =
                streams.open(IdentifyReader.ofAnswer(Samples.ALICE.peerId(), IdentifyLimits.usual(), result));
        stream.receive(
                framed(IdentifyMessage.newBuilder().setPublicKey(publicKey).build()));
        stream.endInput();
        assertThat(stream.wasReset()).isTrue();
        stream.checkException();
        assertThat(result.cause()).isInstanceOf(IdentifyFailedException.class);
        assertThat(((IdentifyFailedException) result.cause()).reason()).isEqualTo(Reason.WRONG_KEY);
        return result.cause();
    }

    private static ByteString rsaKey(int bits) throws Exception {
        byte[] der = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE), BigInteger.valueOf(65_537)))
                .getEncoded();
        assertThat(der.length).isBetween(256, 0x3fff);
        return hex("080012%02x%02x".formatted(der.length & 127 | 128, der.length >> 7))
                .concat(ByteString.copyFrom(der));
    }

    @Test
    void aLengthInAKeyBeyondItsEndIsNoKey() {
        // RSA and ECDSA, whose SubjectPublicKeyInfo claims 4 GiB, 2 GiB, an endless or a slightly too long content.
        for (String type : List.of("00", "03")) {
            for (String der : List.of("3084ffffffff", "30847fffffff0000", "3080", "3003", "30", "")) {
                String length = "%02x".formatted(der.length() / 2);

                Throwable failure = failureOf(hex("08" + type + "12" + length + der));

                assertThat(failure).as(type + " " + der).hasMessageContaining("has told no key");
            }
        }
    }

    @Test
    void anRsaKeyAbove8192BitsIsNotEvenTried() throws Exception {
        assertThat(failureOf(rsaKey(8_200))).hasMessageContaining("has told no key");
        assertThat(failureOf(rsaKey(16_384))).hasMessageContaining("has told no key");
        // One of just 8,192 bits is a key, but not Alice's.
        assertThat(failureOf(rsaKey(8_192))).hasMessageContaining("has told the key of");
    }
}
