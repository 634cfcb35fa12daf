package proteus.adapters.libp2p.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.identity.TestMessages.der;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are made to cost time or memory, or to be taken for others. */
class HostileKeysTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final int RSA = KeyType.RSA.code();
    private static final int ECDSA = KeyType.ECDSA.code();
    private static final BigInteger E = BigInteger.valueOf(65_537);

    @ParameterizedTest
    @CsvSource({
        "8193, 'a modulus of 8193 bits, of at most 8192'",
        "16000, 'a modulus of 16000 bits, of at most 8192'",
        "16384, 'a key of 2091 bytes, of at most 2048'",
        "80000000, 'a key of 10000045 bytes, of at most 2048'",
        "2047, 'a modulus of 2047 bits, of at least 2048'",
        "512, 'a modulus of 512 bits, of at least 2048'",
        "1, 'a modulus of 1 bits, of at least 2048'"
    })
    void anRsaKeyOfAWrongSizeIsRefused(int bits, String message) {
        byte[] key = rsa(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), E);

        // Far less than to compute with such a modulus takes, and far more than to look at its length.
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThatThrownBy(() -> PublicKey.decode(key))
                        .isInstanceOf(MalformedKeyException.class)
                        .hasMessage(message);
            }
        });
    }

    @Test
    void anRsaKeyOfTheGreatestSizeAndExponentStaysCheap() throws Exception {
        PublicKey key = PublicKey.decode(
                rsa(BigInteger.ONE.shiftLeft(8_192).subtract(BigInteger.ONE), BigInteger.valueOf(0x7FFF_FFFF)));

        assertThat(key.encoded().length).isLessThan(1_100);
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(key.verify(new byte[1], new byte[1_024])).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'a public exponent of 1, which is even or 1'",
        "2, 'a public exponent of 2, which is even or 1'",
        "65536, 'a public exponent of 65536, which is even or 1'",
        "2147483649, 'a public exponent of 32 bits, of at most 31'",
        "115792089237316195423570985008687907853269984665640564039457584007913129639937, "
                + "'a public exponent of 257 bits, of at most 31'"
    })
    void aStrangeExponentIsRefused(BigInteger exponent, String message) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).setBit(0);

        assertThatThrownBy(() -> PublicKey.decode(rsa(modulus, exponent)))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage(message);
    }

    @Test
    void anExponentAsLargeAsTheModulusIsRefused() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).setBit(0);

        assertThatThrownBy(() -> PublicKey.decode(rsa(modulus, modulus.subtract(BigInteger.TWO))))
                .isInstanceOf(MalformedKeyException.class);
    }

    @Test
    void anEvenModulusIsRefused() {
        assertThatThrownBy(() -> PublicKey.decode(rsa(BigInteger.ONE.shiftLeft(2_047), E)))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("an even modulus");
    }

    @Test
    void numbersThatAreNotPositiveAreRefused() {
        byte[] negative = new byte[256];
        negative[0] = (byte) 0x80;

        assertThatThrownBy(() -> PublicKey.decode(rsa(integer(negative), integer(E.toByteArray()))))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("a modulus that is not positive");
        assertThatThrownBy(() -> PublicKey.decode(rsa(integer(), integer(E.toByteArray()))))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("a modulus that is not positive");
        assertThatThrownBy(() -> PublicKey.decode(rsa(integer((byte) 0), integer(E.toByteArray()))))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("a modulus that is zero, or not in its shortest form");
    }

    /** One key must not have two encodings, and so two ids. */
    @Test
    void anotherEncodingOfAGoodRsaKeyIsRefused() throws Exception {
        byte[] good = TestKeys.rsaPair(2_048).getPublic().getEncoded();
        RSAPublicKey parts = (RSAPublicKey) java.security.KeyFactory.getInstance("RSA")
                .generatePublic(new java.security.spec.X509EncodedKeySpec(good));
        byte[] n = integer(parts.getModulus().toByteArray());
        byte[] e = integer(parts.getPublicExponent().toByteArray());
        byte[] padded = integer(concat(new byte[1], parts.getModulus().toByteArray()));
        byte[] oid = HEX.parseHex("06092a864886f70d010101");
        byte[] noParameters = der(0x30, der(0x30, oid), bits(der(0x30, n, e)));
        byte[] longLength = concat(HEX.parseHex("30830001"), new byte[] {good[3]}, Arrays.copyOfRange(good, 4, 294));
        byte[] pss = der(0x30, der(0x30, HEX.parseHex("06092a864886f70d01010a")), bits(der(0x30, n, e)));

        assertThat(PublicKey.decode(TestMessages.key(RSA, good)).data()).isEqualTo(good);
        assertThat(rsa(n, e)).isEqualTo(TestMessages.key(RSA, good));
        for (byte[] other : new byte[][] {
            concat(good, new byte[1]),
            Arrays.copyOf(good, good.length - 1),
            noParameters,
            longLength,
            pss,
            der(0x30, n, e)
        }) {
            assertThatThrownBy(() -> PublicKey.decode(TestMessages.key(RSA, other)))
                    .isInstanceOf(MalformedKeyException.class);
        }
        assertThatThrownBy(() -> PublicKey.decode(rsa(padded, e))).isInstanceOf(MalformedKeyException.class);
        assertThatThrownBy(() -> PublicKey.decode(rsa(n, concat(e, new byte[] {5, 0}))))
                .isInstanceOf(MalformedKeyException.class);
    }

    /** A length longer than what there is, as in CVE-2026-110789, at every level; and lengths that no reader should take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "30",
                "3080",
                "3082",
                "30820400",
                "3082ffff",
                "3083ffffff",
                "3084ffffffff",
                "3084ffffffff300d06092a864886f70d0101010500",
                "30847fffffff300d06092a864886f70d0101010500",
                "3088ffffffffffffffff",
                "30ffffffffffffffffffff",
                "300f300d06092a864886f70d0101010500",
                "3013300d06092a864886f70d01010105000382ffff",
                "3011300d06092a864886f70d01010105000300",
                "3012300d06092a864886f70d0101010500030101",
                "3017300d06092a864886f70d0101010500038400ffffffff",
                "3016300d06092a864886f70d010101050003050030820100",
                "301a300d06092a864886f70d010101050003090030060282ffff0203"
            })
    void aLengthBeyondWhatThereIsIsRefused(String hex) {
        byte[] data = HEX.parseHex(hex);

        assertThatThrownBy(() -> PublicKey.decode(TestMessages.key(RSA, data)))
                .isInstanceOf(MalformedKeyException.class);
        assertThatThrownBy(() -> PublicKey.decode(TestMessages.key(ECDSA, data)))
                .isInstanceOf(MalformedKeyException.class);
        assertThat(EcdsaSignature.parse(data, 256)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, 32", "secp384r1, 48", "secp521r1, 66"})
    void aPointThatIsNotOnItsCurveIsRefused(String curve, int bytes) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        byte[] good = generator.generateKeyPair().getPublic().getEncoded();
        byte[] moved = good.clone();
        moved[good.length - 1] ^= 1;
        byte[] zero = good.clone();
        Arrays.fill(zero, good.length - 2 * bytes, good.length, (byte) 0);
        byte[] beyond = good.clone();
        Arrays.fill(beyond, good.length - 2 * bytes, good.length, (byte) 0xFF);
        byte[] compressed = Arrays.copyOf(good, good.length - bytes);
        compressed[good.length - 2 * bytes - 1] = 2;

        assertThat(PublicKey.decode(TestMessages.key(ECDSA, good)).data()).isEqualTo(good);
        for (byte[] bad : new byte[][] {moved, zero, beyond, compressed, concat(good, new byte[1])}) {
            assertThatThrownBy(() -> PublicKey.decode(TestMessages.key(ECDSA, bad)))
                    .isInstanceOf(MalformedKeyException.class);
        }
    }

    /** As in CVE-2020-0601: a curve given by its parameters may have a base point that the sender chose. */
    @Test
    void aCurveByItsParametersOrAnotherCurveIsRefused() {
        byte[] ecPublicKey = HEX.parseHex("06072a8648ce3d0201");
        byte[] point = bits(concat(new byte[] {4}, new byte[64]));
        byte[] field = der(
                0x30,
                HEX.parseHex("06072a8648ce3d0101"),
                integer(BigInteger.TWO.pow(255).toByteArray()));
        byte[] explicit = der(0x30, integer((byte) 1), field, der(0x30, der(4, new byte[32]), der(4, new byte[32])));
        byte[] secp256k1 = HEX.parseHex("06052b8104000a");
        byte[] implicit = HEX.parseHex("0500");

        for (byte[] parameters : new byte[][] {explicit, secp256k1, implicit, new byte[0], new byte[] {6, 0}}) {
            byte[] key = der(0x30, der(0x30, ecPublicKey, parameters), point);
            assertThatThrownBy(() -> PublicKey.decode(TestMessages.key(ECDSA, key)))
                    .isInstanceOf(MalformedKeyException.class);
        }
    }

    @Test
    void aSignatureOfZerosIsWrongOnEveryCurve() throws Exception {
        // The JDK once took it for valid (CVE-2022-21449).
        byte[] zeros = HEX.parseHex("3006020100020100");
        byte[] zerosOfOtherForm = HEX.parseHex("300402000200");
        for (PublicKey key : new PublicKey[] {
            TestKeys.first(KeyType.ECDSA).publicKey(),
            TestKeys.first(KeyType.SECP256K1).publicKey()
        }) {
            assertThat(key.verify(new byte[1], zeros)).isFalse();
            assertThat(key.verify(new byte[1], zerosOfOtherForm)).isFalse();
        }
    }

    @Test
    void numbersOfASignatureBeyondTheOrderAreWrong() throws Exception {
        byte[] ones = new byte[33];
        Arrays.fill(ones, 1, 33, (byte) 0xFF);
        byte[] allOnes = der(0x30, integer(ones), integer(ones));
        byte[] long257Bits = integer(concat(new byte[] {1}, new byte[32]));

        assertThat(TestKeys.first(KeyType.ECDSA).publicKey().verify(new byte[1], allOnes))
                .isFalse();
        assertThat(TestKeys.first(KeyType.SECP256K1).publicKey().verify(new byte[1], allOnes))
                .isFalse();
        assertThat(EcdsaSignature.parse(der(0x30, long257Bits, long257Bits), 256))
                .isEmpty();
    }

    @Test
    void theNumbersOfASignatureAreFilledUpWithZeros() {
        EcdsaSignature signature =
                EcdsaSignature.parse(HEX.parseHex("3008020200ff02020100"), 256).orElseThrow();

        assertThat(signature.fixed(3)).isEqualTo(HEX.parseHex("0000ff000100"));
        assertThat(signature.fixed(2)).isEqualTo(HEX.parseHex("00ff0100"));
        assertThat(EcdsaSignature.parse(HEX.parseHex("3007020200ff020101"), 256))
                .hasValueSatisfying(each -> assertThat(each.fixed(1)).isEqualTo(HEX.parseHex("ff01")));
    }

    private static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        return rsa(integer(modulus.toByteArray()), integer(exponent.toByteArray()));
    }

    private static byte[] rsa(byte[] modulus, byte[] exponent) {
        byte[] algorithm = HEX.parseHex("300d06092a864886f70d0101010500");
        return TestMessages.key(RSA, der(0x30, algorithm, bits(der(0x30, modulus, exponent))));
    }

    private static byte[] bits(byte[] content) {
        return der(3, new byte[1], content);
    }

    private static byte[] integer(byte... value) {
        return der(2, value);
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
