package proteus.adapters.libp2p.engine.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * The handshake against bytes that other implementations made.
 *
 * <p>Source: the test vectors of the Noise implementation cacophony, which snow and others publish too.
 */
final class XxHandshakeTest {

    private static final byte[] PROLOGUE = hex("4a6f686e2047616c74");

    private final XxHandshake initiator = new XxHandshake(
            key("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1"),
            key("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"),
            PROLOGUE);
    private final XxHandshake responder = new XxHandshake(
            key("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893"),
            key("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"),
            PROLOGUE);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** The pair of a known private key. */
    private static DhKey key(String privateKey) {
        byte[] known = hex(privateKey);
        return DhKey.generate(new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(known, 0, bytes, 0, bytes.length);
            }
        });
    }

    @Test
    void messagesKeysAndHashAreThoseOfOtherImplementations() throws SecurityFailedException {
        byte[] first = initiator.writeFirst(hex("4c756477696720766f6e204d69736573"));
        assertThat(first)
                .isEqualTo(
                        hex(
                                "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573"));
        assertThat(responder.readFirst(first)).isEqualTo(hex("4c756477696720766f6e204d69736573"));

        byte[] second = responder.writeSecond(hex("4d757272617920526f746862617264"));
        assertThat(second)
                .isEqualTo(
                        hex(
                                "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f14480884381cbad1f276e038c48378ffce2b65285e08d6b68aaa3629a5a8639392490e5b9bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c412f8a0db50f8814c7194e83f23dbd8d162c9326ad"));
        assertThat(initiator.readSecond(second)).isEqualTo(hex("4d757272617920526f746862617264"));

        byte[] third = initiator.writeThird(hex("462e20412e20486179656b"));
        assertThat(third)
                .isEqualTo(
                        hex(
                                "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a80ae475b9df0f169ae80a89be0865b57f58c9fea0d4ec82a286427402f113e4b6ae769a1d95941d49b25030"));
        assertThat(responder.readThird(third)).isEqualTo(hex("462e20412e20486179656b"));

        byte[] hash = hex("c8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e");
        assertThat(initiator.handshakeHash()).isEqualTo(hash);
        assertThat(responder.handshakeHash()).isEqualTo(hash);

        CipherState toInitiator = responder.split(Role.LISTENER).outbound();
        CipherState toResponder = initiator.split(Role.DIALLER).outbound();
        assertThat(sealed(toInitiator, "4361726c204d656e676572"))
                .isEqualTo("96763ed773f8e47bb3712f0e29b3060ffc956ffc146cee53d5e1df");
        assertThat(sealed(toResponder, "4a65616e2d426170746973746520536179"))
                .isEqualTo("3e40f15f6f3a46ae446b253bf8b1d9ffb6ed9b174d272328ff91a7e2e5c79c07f5");
        assertThat(sealed(toInitiator, "457567656e2042f6686d20766f6e2042617765726b"))
                .isEqualTo("eb3f3515110702e047a6c9da4478b6ead94873c11c0f2d710ddb3f09fce024b3a58502ae3f");
    }

    private static String sealed(CipherState cipher, String plaintext) {
        byte[] in = hex(plaintext);
        byte[] out = new byte[in.length + CipherState.TAG_BYTES];
        cipher.encrypt(new byte[0], in, 0, in.length, out, 0);
        return HexFormat.of().formatHex(out);
    }

    @Test
    void eachSideReadsWhatTheOtherSeals() throws SecurityFailedException {
        responder.readFirst(initiator.writeFirst(new byte[0]));
        initiator.readSecond(responder.writeSecond(new byte[0]));
        responder.readThird(initiator.writeThird(new byte[0]));
        XxHandshake.TransportCiphers dialler = initiator.split(Role.DIALLER);
        XxHandshake.TransportCiphers listener = responder.split(Role.LISTENER);

        byte[] there = hex(sealed(dialler.outbound(), "0102"));
        byte[] back = hex(sealed(listener.outbound(), "0304"));
        listener.inbound().decrypt(new byte[0], there, 0, there.length, there, 0);
        dialler.inbound().decrypt(new byte[0], back, 0, back.length, back, 0);

        assertThat(there).startsWith(1, 2);
        assertThat(back).startsWith(3, 4);
    }

    /** Points of small order, from RFC 7748 and its errata; the last is zero with the bit that does not count. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void keysWithWhichEverySecretIsZeroAreRefused(String key) throws SecurityFailedException {
        responder.readFirst(hex(key));

        assertThatExceptionOfType(SecurityFailedException.class)
                .isThrownBy(() -> responder.writeSecond(new byte[0]))
                .extracting(SecurityFailedException::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void theBitThatDoesNotCountIsNoReasonToRefuse() throws SecurityFailedException {
        DhKey own = key("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a");
        byte[] remote = key("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b")
                .publicKey();
        byte[] secret = own.agree(remote);
        remote[31] |= (byte) 0x80;

        assertThat(own.agree(remote)).isEqualTo(secret);
    }
}
