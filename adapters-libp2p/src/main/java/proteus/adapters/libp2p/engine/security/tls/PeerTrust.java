package proteus.adapters.libp2p.engine.security.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * Judges certificates by the {@link CertificateRules} in the midst of a handshake, so that a peer that is refused learns
 * it by an alert, and keeps what each handshake has shown.
 *
 * <p>Only engines that are watched may shake hands. One instance serves many handshakes; safe for use by many threads.
 */
public final class PeerTrust extends X509ExtendedTrustManager {

    private final CertificateRules rules;
    private final Map<SSLEngine, PeerCheck> checks = Collections.synchronizedMap(new WeakHashMap<>());

    /** Judges by {@code rules}. */
    public PeerTrust(CertificateRules rules) {
        // The codes below come from its library, and break for good if they are asked for before it is loaded.
        OpenSsl.ensureAvailability();
        this.rules = rules;
    }

    /**
     * Lets {@code engine} shake hands. To be called before it begins.
     *
     * @param expected whom its remote must prove to be, if that is known
     */
    public PeerCheck watch(SSLEngine engine, Optional<PeerId> expected) {
        PeerCheck check = new PeerCheck(expected);
        checks.put(engine, check);
        return check;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    // As BoringSSL wants it, so that the remote is sent the alert bad_certificate.
    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        @Nullable PeerCheck check = checks.remove(engine);
        if (check == null) {
            throw new IllegalStateException("nobody watches this handshake");
        }
        try {
            check.judge(chain, rules);
        } catch (RefusedCertificateException refused) {
            throw new OpenSslCertificateException(
                    refused.getMessage(), refused, CertificateVerifier.X509_V_ERR_CERT_REJECTED);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no engine to judge for");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no engine to judge for");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no engine to judge for");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no engine to judge for");
    }

    /** None: certificates are signed by themselves. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** What one handshake has shown of its remote. Safe for use by many threads. */
    public static final class PeerCheck {

        private final Optional<PeerId> expected;
        private volatile Optional<PublicKey> accepted = Optional.empty();
        private volatile Optional<RefusedCertificateException> refusal = Optional.empty();

        private PeerCheck(Optional<PeerId> expected) {
            this.expected = expected;
        }

        /** The remote's key, once its certificate was seen and found good. Only a finished handshake proves it. */
        public Optional<PublicKey> accepted() {
            return accepted;
        }

        /** Why the remote's certificate was refused, if it was. */
        public Optional<RefusedCertificateException> refusal() {
            return refusal;
        }

        private void judge(X509Certificate[] chain, CertificateRules rules) throws RefusedCertificateException {
            try {
                PublicKey key = rules.verify(chain);
                PeerId peer = PeerId.of(key);
                if (expected.isPresent() && !expected.get().equals(peer)) {
                    throw new RefusedCertificateException(
                            Reason.WRONG_PEER, "expected " + expected.get() + ", found " + peer);
                }
                accepted = Optional.of(key);
            } catch (RefusedCertificateException refused) {
                refusal = Optional.of(refused);
                throw refused;
            }
        }
    }
}
