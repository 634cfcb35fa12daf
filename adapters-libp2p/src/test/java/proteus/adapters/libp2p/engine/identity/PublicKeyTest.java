package proteus.adapters.libp2p.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

    private static final long SEED = 20_261_126;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aKeyIsReadAndWrittenInOneForm(KeyType type) throws Exception {
        PublicKey key = TestKeys.first(type).publicKey();

        PublicKey read = PublicKey.decode(key.encoded());

        assertThat(read)
                .isEqualTo(key)
                .hasSameHashCodeAs(key)
                .isNotEqualTo(TestKeys.second(type).publicKey());
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.data()).isEqualTo(key.data());
        assertThat(read.encoded()).isEqualTo(TestMessages.key(type.code(), key.data()));
        assertThat(read).hasToString(PeerId.of(key).toString());
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aKeyVerifiesWhatItsHolderSigned(KeyType type) throws Exception {
        TestKeys.Pair pair = TestKeys.first(type);
        byte[] other = MESSAGE.clone();
        other[0] ^= 1;

        byte[] signature = pair.sign(MESSAGE);

        assertThat(pair.publicKey().verify(MESSAGE, signature)).isTrue();
        assertThat(pair.publicKey().verify(other, signature)).isFalse();
        assertThat(TestKeys.second(type).publicKey().verify(MESSAGE, signature)).isFalse();
        assertThat(pair.publicKey().verify(new byte[0], pair.sign(new byte[0]))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aDamagedSignatureIsWrongAndNoFault(KeyType type) throws Exception {
        TestKeys.Pair pair = TestKeys.first(type);
        byte[] signature = pair.sign(MESSAGE);
        Random random = new Random(SEED);

        for (int i = 0; i < 200; i++) {
            byte[] damaged = signature.clone();
            damaged[i % damaged.length] ^= (byte) (1 << random.nextInt(8));
            assertThat(pair.publicKey().verify(MESSAGE, damaged))
                    .as("seed %d, %s", SEED, HEX.formatHex(damaged))
                    .isFalse();
        }
        for (int length : new int[] {0, 1, 2, signature.length - 1, signature.length + 1, 100_000}) {
            assertThat(pair.publicKey().verify(MESSAGE, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void ecdsaWorksOnEachOfTheThreeCurves(String curve) throws Exception {
        TestKeys.Pair pair = TestKeys.ecdsa(curve);

        // The numbers of a signature vary in length.
        for (int i = 0; i < 50; i++) {
            byte[] message = {(byte) i};
            assertThat(pair.publicKey().verify(message, pair.sign(message))).isTrue();
        }
        assertThat(PublicKey.decode(pair.publicKey().encoded())).isEqualTo(pair.publicKey());
        assertThat(pair.publicKey().type()).isEqualTo(KeyType.ECDSA);
    }

    /** Of RFC 8032, section 7.1, the second. */
    @Test
    void theVectorOfEd25519IsVerified() throws Exception {
        PublicKey key = PublicKey.decode(
                HEX.parseHex("080112203d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        byte[] signature = HEX.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

        assertThat(key.verify(new byte[] {0x72}, signature)).isTrue();
    }

    /** From libp2p's specification of TLS: the signature over the key of the certificate, by each type of key. */
    @ParameterizedTest
    @CsvSource({
        "08011220a77f1d92fedb59dddaea5a1c4abd1ac2fbde7d7b879ed364501809923d7c11b9, "
                + "d90d2769db992d5e6195dbb08e706b6651e024fda6cfb8846694a435519941cac215a8207792e42849cccc6cd8136c6e"
                + "4bde92a58c5e08cfd4206eb5fe0bf909, true",
        "0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004bf30511f909414ebdd3242178fd290f093a551cf75c9"
                + "73155de0bb5a96fedf6cb5d52da7563e794b512f66e60c7f55ba8a3acf3dd72a801980d205e8a1ad29f2, "
                + "30450220064ea8124774caf8f50e57f436aa62350ce652418c019df5d98a3ac666c9386a022100aa59d704a931b5f72f"
                + "b9222cb6cc51f954d04a4e2e5450f8805fe8918f71eaae, true",
        "08021221"
                + "0206dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d2382, "
                + "30440220145e15a991961f0d08cd15425bb95ec93f6ffa03c5a385eedc34ecf464c7a8ab022026b3109b8a3f40ef8331"
                + "69777eb2aa337cfb6282f188de0666d1bcec2a4690dd, true",
        "0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004bf30511f909414ebdd3242178fd290f093a551cf75c9"
                + "73155de0bb5a96fedf6cb5d52da7563e794b512f66e60c7f55ba8a3acf3dd72a801980d205e8a1ad29f2, "
                + "3045022100bb6e03577b7cc7a3cd1558df0da2b117dfdcc0399bc2504ebe7de6f65cade72802206de96e2a5be9b6202a"
                + "dba24ee0362e490641ac45c240db71fe955f2c5cf8df6e, false"
    })
    void theSignaturesOfTheCertificatesAreVerified(String key, String signature, boolean genuine) throws Exception {
        byte[] message = HEX.parseHex("6c69627032702d746c732d68616e647368616b653a"
                + "3059301306072a8648ce3d020106082a8648ce3d030107034200040c901d423c831ca85e27c73c263ba132721bb9d7a84c"
                + "4f0380b2a6756fd601331c8870234dec878504c174144fa4b14b66a651691606d8173e55bd37e381569e");

        assertThat(PublicKey.decode(HEX.parseHex(key)).verify(message, HEX.parseHex(signature)))
                .isEqualTo(genuine);
    }

    @Test
    void fieldsInAnotherOrderAndUnknownOnesAreReadButNotWritten() throws Exception {
        String data = "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

        PublicKey key = PublicKey.decode(HEX.parseHex(data + "0801" + "1a03616263" + "2001"));

        assertThat(key.encoded()).isEqualTo(HEX.parseHex("0801" + data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nothing; a type alone; data alone; data without end; an unknown type; types that are no varint.
                "",
                "0801",
                "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                "080112201ed1",
                "0801127f1ed1",
                "080112ffffffff0f",
                "080112ffffffffffffffffff01",
                "080412201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                "08ffffffffffffffffff0112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                "08ff",
                // Groups within groups, and an end of a group that did not begin.
                "0b0b0b0b0b0b0b0b",
                "0c",
                // Ed25519: no bytes, 31, 33; no point; y beyond the field.
                "08011200",
                "0801121fd1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                "08011221001ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
                "080112200200000000000000000000000000000000000000000000000000000000000000",
                "08011220ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                // Secp256k1: infinity, no compressed point, an x without a point, x beyond the field.
                "0802120100",
                "080212210406dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d2382",
                "0802122102" + "0000000000000000000000000000000000000000000000000000000000000005",
                "0802122102" + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0802122006dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d2382",
                // RSA and ECDSA without anything.
                "08001200",
                "08031200"
            })
    void otherMessagesAreNoKeys(String hex) {
        assertThatThrownBy(() -> PublicKey.decode(HEX.parseHex(hex))).isInstanceOf(MalformedKeyException.class);
    }

    @Test
    void aTooLongMessageIsRefusedUnread() {
        assertThatThrownBy(() -> PublicKey.decode(new byte[2_049]))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("a key of 2049 bytes, of at most 2048");
        assertThatThrownBy(() -> PublicKey.decode(new byte[2_048]))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessageNotContaining("of at most");
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aDamagedKeyIsRefusedOrIsAnotherKey(KeyType type) throws Exception {
        TestKeys.Pair pair = TestKeys.first(type);
        byte[] encoded = pair.publicKey().encoded();
        byte[] signature = pair.sign(MESSAGE);
        Random random = new Random(SEED);

        for (int i = 0; i < 500; i++) {
            byte[] damaged = damage(encoded, random);
            try {
                PublicKey read = PublicKey.decode(damaged);
                // The same key, if only the message around it was damaged.
                assertThat(read.verify(MESSAGE, signature))
                        .as("seed %d, %s", SEED, HEX.formatHex(damaged))
                        .isEqualTo(read.equals(pair.publicKey()));
                assertThat(PublicKey.decode(read.encoded())).isEqualTo(read);
            } catch (MalformedKeyException malformed) {
                assertThat(malformed).hasMessageNotContaining("null");
            } catch (RuntimeException other) {
                throw new AssertionError("seed %d, %s".formatted(SEED, HEX.formatHex(damaged)), other);
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        // Half of it where the structure is.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 30));
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
            case 2 -> damaged = Arrays.copyOf(bytes, at);
            case 3 -> random.nextBytes(damaged);
            default -> {
                damaged = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, damaged, at + 1, bytes.length - at);
                damaged[at] = (byte) random.nextInt();
            }
        }
        return damaged;
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aKeySharesNoBytes(KeyType type) throws Exception {
        byte[] encoded = TestKeys.first(type).publicKey().encoded();
        PublicKey key = PublicKey.decode(encoded);

        key.data()[5] ^= 1;
        key.encoded()[5] ^= 1;

        assertThat(key.encoded()).isEqualTo(encoded);
    }
}
