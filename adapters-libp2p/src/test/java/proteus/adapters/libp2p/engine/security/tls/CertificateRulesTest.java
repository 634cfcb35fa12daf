package proteus.adapters.libp2p.engine.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

class CertificateRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final HexFormat HEX = HexFormat.of();

    private final Identity identity = Identity.generate(new SecureRandom());
    private final CertificateRules rules = new CertificateRules(InstantSource.fixed(NOW));

    private CertificateForge forge() {
        return new CertificateForge(identity);
    }

    private void assertAccepted(X509Certificate certificate) throws RefusedCertificateException {
        assertThat(PeerId.of(rules.verify(new X509Certificate[] {certificate}))).isEqualTo(identity.peerId());
    }

    private void assertRefused(Reason reason, String message, X509Certificate... chain) {
        assertThatThrownBy(() -> rules.verify(chain))
                .isInstanceOfSatisfying(
                        RefusedCertificateException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void takesAnOwnCertificate() throws Exception {
        assertAccepted(Libp2pCertificate.create(identity, new SecureRandom()).certificate());
    }

    @Test
    void takesACertificateWithoutAnIssuerAsThoseOfRustAre() throws Exception {
        assertAccepted(forge().forge());
    }

    @ParameterizedTest
    @EnumSource(value = SpecifiedCertificate.class, mode = EnumSource.Mode.EXCLUDE, names = "FORGED")
    void findsTheIdsOfTheSpecifiedCertificates(SpecifiedCertificate specified) throws Exception {
        PeerId found = PeerId.of(rules.verify(new X509Certificate[] {specified.certificate()}));

        assertThat(found).isEqualTo(PeerId.parse(specified.peerId())).hasToString(specified.peerId());
    }

    @Test
    void refusesTheForgedCertificateOfTheSpecification() {
        assertRefused(Reason.UNAUTHENTIC, "identity in it did not sign", SpecifiedCertificate.FORGED.certificate());
    }

    @Test
    void refusesNoneAndTwoCertificates() {
        assertRefused(Reason.MALFORMED, "0 certificates");
        assertRefused(Reason.MALFORMED, "2 certificates", forge().forge(), forge().forge());
    }

    @Test
    void refusesACertificateThatIsTooLong() throws Exception {
        assertAccepted(forge().extension("2a03", false, new byte[7000]).forge());
        assertRefused(
                Reason.MALFORMED,
                "bytes",
                forge().extension("2a03", false, new byte[8000]).forge());
    }

    @Test
    void refusesACertificateOutsideItsTime() throws Exception {
        assertAccepted(forge().validity("20261126120000Z", "20261126120000Z").forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "valid from",
                forge().validity("19750101000000Z", "20261126115959Z").forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "valid from",
                forge().validity("20261126120001Z", "40960101000000Z").forge());
    }

    @Test
    void readsTimesOfTwoDigitsFrom1950To2049() throws Exception {
        assertAccepted(forge().validity("500101000000Z", "491231235959Z").forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "1999-",
                forge().validity("500101000000Z", "991231235959Z").forge());
        assertRefused(
                Reason.MALFORMED,
                "a time",
                forge().validity("501301000000Z", "491231235959Z").forge());
        assertRefused(
                Reason.MALFORMED,
                "a time",
                forge().validity("xx", "491231235959Z").forge());
    }

    @Test
    void refusesACertificateThatAnotherKeySigned() {
        assertRefused(
                Reason.UNAUTHENTIC,
                "its own key did not sign",
                forge().signedBy(CertificateForge.ec("secp256r1")).forge());
    }

    @Test
    void refusesACertificateWithoutLibp2psExtension() {
        assertRefused(Reason.UNAUTHENTIC, "0 times", forge().libp2pExtensions(0).forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "0 times",
                forge().libp2pExtensions(0)
                        .extension("2a03", false, new byte[1])
                        .forge());
    }

    @Test
    void refusesLibp2psExtensionTwice() {
        assertRefused(Reason.UNAUTHENTIC, "2 times", forge().libp2pExtensions(2).forge());
    }

    @Test
    void refusesOtherExtensionsOnlyIfTheyAreCritical() throws Exception {
        assertAccepted(forge().extension("2a03", false, new byte[1]).forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "critical extension 2a03",
                forge().extension("2a03", true, new byte[1]).forge());
    }

    @Test
    void boundsTheNumberOfExtensions() {
        CertificateForge many = forge();
        for (int i = 0; i < 16; i++) {
            many.extension("2a03", false, new byte[1]);
        }

        assertRefused(Reason.MALFORMED, "more than 16", many.forge());
    }

    @Test
    void refusesAnIdentitySignatureOverAnotherKey() {
        byte[] other = CertificateForge.ec("secp256r1").getPublic().getEncoded();

        assertRefused(
                Reason.UNAUTHENTIC,
                "identity in it did not sign",
                forge().identitySigns(CertificateRules.signedByIdentity(other)).forge());
    }

    @Test
    void refusesAnIdentitySignatureWithoutThePrefix() {
        CertificateForge forge = forge();
        byte[] prefixed = CertificateRules.signedByIdentity(new byte[0]);

        assertRefused(
                Reason.UNAUTHENTIC,
                "identity in it did not sign",
                forge.identitySigns(prefixed).forge());
    }

    @Test
    void takesTheOtherAllowedKeys() throws Exception {
        assertAccepted(forge().key(CertificateForge.ec("secp384r1"), "300a06082a8648ce3d040303", "SHA384withECDSA")
                .forge());
        assertAccepted(forge().key(CertificateForge.edwards("Ed25519"), "300506032b6570", "Ed25519")
                .forge());
        var rsa = CertificateForge.rsa(2048);
        for (String hash : new String[] {"0b256", "0c384", "0d512"}) {
            assertAccepted(forge().key(
                            rsa,
                            "300d06092a864886f70d0101" + hash.substring(0, 2) + "0500",
                            "SHA" + hash.substring(2) + "withRSA")
                    .forge());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 384, 512})
    void takesPssWithASaltAsLongAsTheHash(int bits) throws Exception {
        String number = "0" + (bits / 128 - 1);
        String hash = "300d06096086480165030402" + number + "0500";
        String algorithm = "304106092a864886f70d01010a3034a00f" + hash + "a11c301a06092a864886f70d010108" + hash
                + "a2030201" + HEX.toHexDigits((byte) (bits / 8));
        String name = "SHA-" + bits;
        var rsa = CertificateForge.rsa(2048);

        assertAccepted(forge().key(rsa, algorithm, "RSASSA-PSS")
                .parameters(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), bits / 8, 1))
                .forge());
        String shorterSalt = algorithm.substring(0, algorithm.length() - 2) + "10";
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(rsa, shorterSalt, "RSASSA-PSS")
                        .parameters(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), 16, 1))
                        .forge());
    }

    @Test
    void refusesSha1() {
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(CertificateForge.ec("secp256r1"), "300906072a8648ce3d0401", "SHA1withECDSA")
                        .forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(CertificateForge.rsa(2048), "300d06092a864886f70d0101050500", "SHA1withRSA")
                        .forge());
    }

    @Test
    void refusesP521AndEd448() {
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(CertificateForge.ec("secp521r1"), "300a06082a8648ce3d040304", "SHA512withECDSA")
                        .forge());
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(CertificateForge.edwards("Ed448"), "300506032b6571", "Ed448")
                        .forge());
    }

    @Test
    void refusesAHashThatDoesNotFitItsCurve() {
        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(CertificateForge.ec("secp256r1"), "300a06082a8648ce3d040303", "SHA384withECDSA")
                        .forge());
    }

    @Test
    void refusesACurveThatIsNotNamed() {
        var pair = CertificateForge.ec("secp256r1");
        byte[] named = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(named, named.length - 68, named.length);
        // The parameters need not be right: they are never looked at.
        byte[] explicit = CertificateForge.tag(
                0x30,
                CertificateForge.tag(
                        0x30, HEX.parseHex("06072a8648ce3d0201"), CertificateForge.tag(0x30, HEX.parseHex("020101"))),
                point);

        assertRefused(
                Reason.UNAUTHENTIC,
                "not allowed",
                forge().key(pair, CertificateForge.ECDSA_SHA256, "SHA256withECDSA")
                        .publicKey(explicit)
                        .forge());
    }

    @Test
    void refusesRsaKeysThatAreTooShort() {
        assertRefused(
                Reason.UNAUTHENTIC,
                "1024 bits",
                forge().key(CertificateForge.rsa(1024), "300d06092a864886f70d01010b0500", "SHA256withRSA")
                        .forge());
    }

    @Test
    void refusesRsaKeysThatAreTooLong() {
        // Found by its size, before anything is computed with it: the signature need not be right.
        byte[] modulus = new byte[1026];
        modulus[1] = 1;
        modulus[1025] = 1;
        byte[] key = CertificateForge.tag(
                0x30,
                HEX.parseHex("300d06092a864886f70d0101010500"),
                CertificateForge.tag(
                        0x03,
                        new byte[1],
                        CertificateForge.tag(0x30, CertificateForge.tag(0x02, modulus), HEX.parseHex("0203010001"))));

        assertRefused(
                Reason.UNAUTHENTIC,
                "bits",
                forge().key(CertificateForge.rsa(2048), "300d06092a864886f70d01010b0500", "SHA256withRSA")
                        .publicKey(key)
                        .forge());
    }

    @Test
    void refusesTwoAlgorithmsInOneCertificate() {
        assertRefused(
                Reason.MALFORMED,
                "inner algorithm",
                forge().innerAlgorithm("300a06082a8648ce3d040303").forge());
    }

    @Test
    void refusesOtherVersions() {
        assertRefused(Reason.MALFORMED, "version", forge().version("a003020101").forge());
        assertRefused(Reason.MALFORMED, "tag", forge().version("").forge());
    }

    @Test
    void refusesEveryTruncationAndWhatComesAfterTheEnd() {
        byte[] good = forge().der();

        for (int length = 0; length < good.length; length++) {
            assertRefused(Reason.MALFORMED, "DER", new LazyX509Certificate(Arrays.copyOf(good, length)));
        }
        assertRefused(Reason.MALFORMED, "too many", new LazyX509Certificate(Arrays.copyOf(good, good.length + 1)));
    }

    @Test
    void refusesEveryCertificateWithAChangedBit() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = forge().der();

        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(catchThrowable(() -> rules.verify(new X509Certificate[] {new LazyX509Certificate(bad)})))
                    .as("seed %d, byte %d", seed, at)
                    .isInstanceOf(RefusedCertificateException.class);
        }
    }
}
