package proteus.adapters.libp2p.engine.security.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.ssl.util.LazyX509Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import proteus.adapters.libp2p.engine.identity.PublicKey;

/** Looks for bytes that make the rules of certificates do anything but refuse them, or find whose they are. */
class CertificateRulesFuzzTest {

    private static final CertificateRules RULES =
            new CertificateRules(InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z")));

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreACertificateOrRefused(byte[] bytes) {
        try {
            PublicKey key = RULES.verify(new X509Certificate[] {new LazyX509Certificate(bytes)});
            // Nobody forges a signature here, so it is one of the seeds, and holds its owner's key.
            String whole = HexFormat.of().formatHex(bytes);
            if (!whole.contains(HexFormat.of().formatHex(key.data()))) {
                throw new AssertionError("a key that is not in the certificate: " + Arrays.toString(key.data()));
            }
        } catch (RefusedCertificateException refused) {
            if (refused.getMessage() == null) {
                throw new AssertionError("refused without a word", refused);
            }
        }
    }
}
