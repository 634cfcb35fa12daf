package proteus.adapters.libp2p.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String SEED = "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d";
    private static final String PUBLIC = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    @Test
    void theVectorIsReadAndWritten() throws Exception {
        byte[] encoded = HEX.parseHex("08011240" + SEED + PUBLIC);

        Identity identity = Identity.decode(encoded);

        assertThat(identity.peerId()).hasToString(ID);
        assertThat(identity.publicKey().encoded()).isEqualTo(HEX.parseHex("08011220" + PUBLIC));
        assertThat(identity.encodedPrivateKey()).isEqualTo(encoded);
    }

    @Test
    void theOldFormIsReadAndTheNewOneWritten() throws Exception {
        Identity identity = Identity.decode(HEX.parseHex("08011260" + SEED + PUBLIC + PUBLIC));

        assertThat(identity.encodedPrivateKey()).isEqualTo(HEX.parseHex("08011240" + SEED + PUBLIC));
    }

    @Test
    void aNewIdentitySignsWhatItsKeyVerifies() {
        Identity identity = Identity.generate(new SecureRandom());
        byte[] message = {1, 2, 3};

        byte[] signature = identity.sign(message);

        assertThat(signature).hasSize(64);
        assertThat(identity.publicKey().verify(message, signature)).isTrue();
        assertThat(identity.publicKey().verify(new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(identity.peerId().publicKey()).contains(identity.publicKey());
        assertThat(identity.peerId())
                .isNotEqualTo(Identity.generate(new SecureRandom()).peerId());
    }

    /** Of RFC 8032, section 7.1, the second. */
    @Test
    void aSignatureIsThatOfTheStandard() throws Exception {
        Identity identity = Identity.decode(
                HEX.parseHex("08011240" + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
                        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));

        assertThat(identity.sign(new byte[] {0x72}))
                .isEqualTo(HEX.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }

    @Test
    void anIdentityComesBackFromItsMessage() throws Exception {
        Identity identity = Identity.generate(new SecureRandom());

        Identity read = Identity.decode(identity.encodedPrivateKey());

        assertThat(read.peerId()).isEqualTo(identity.peerId());
        assertThat(read.sign(new byte[1])).isEqualTo(identity.sign(new byte[1]));
    }

    @Test
    void theTextShowsThePeerIdAlone() throws Exception {
        Identity identity = Identity.decode(HEX.parseHex("08011240" + SEED + PUBLIC));

        assertThat(identity).hasToString(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0801",
                "08011240",
                "08011200",
                "08011220" + SEED,
                "0801123f7e",
                // The public half of another key, in either place.
                "08011240" + SEED + SEED,
                "08011260" + SEED + PUBLIC + SEED,
                "08011260" + SEED + SEED + PUBLIC,
                "08011280" + "01" + SEED + PUBLIC + PUBLIC + PUBLIC,
                // Types of others.
                "08001240" + SEED + PUBLIC,
                "08021220" + SEED,
                "08041240" + SEED + PUBLIC
            })
    void otherMessagesAreRefusedWithoutShowingThem(String hex) {
        assertThatThrownBy(() -> Identity.decode(HEX.parseHex(hex)))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessageNotContaining("7e08")
                .hasNoCause();
    }

    @Test
    void aTooLongMessageIsRefusedUnread() {
        assertThatThrownBy(() -> Identity.decode(new byte[2_049]))
                .hasMessage("a private key of 2049 bytes, of at most 2048");
    }

    @Test
    void anIdentitySharesNoBytes() throws Exception {
        byte[] encoded = HEX.parseHex("08011240" + SEED + PUBLIC);
        Identity identity = Identity.decode(encoded);

        Arrays.fill(encoded, (byte) 0);
        Arrays.fill(identity.encodedPrivateKey(), (byte) 0);

        assertThat(identity.encodedPrivateKey()).isEqualTo(HEX.parseHex("08011240" + SEED + PUBLIC));
    }
}
