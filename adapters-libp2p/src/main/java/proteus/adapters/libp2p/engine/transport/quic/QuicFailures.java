package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.security.tls.RefusedCertificateException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** Says why a handshake within QUIC failed. */
final class QuicFailures {

    // RFC 9001, 4.8: 0x100 and the alert. RFC 8446, 6: 42 to 49 are about certificates, 51 is decrypt_error.
    private static final int FIRST_CERTIFICATE_ALERT = 42;
    private static final int LAST_CERTIFICATE_ALERT = 51;
    private static final int CERTIFICATE_REQUIRED = 116;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private QuicFailures() {}

    /** The failure that {@code cause} stands for, or {@code cause} itself if it is none of security. */
    static Throwable explain(Throwable cause, Optional<PeerCheck> check) {
        Optional<RefusedCertificateException> refusal = check.flatMap(PeerCheck::refusal);
        if (refusal.isPresent()) {
            return new SecurityFailedException(
                    refusal.get().reason(), String.valueOf(refusal.get().getMessage()), refusal.get());
        }
        for (@Nullable Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return new SecurityFailedException(Reason.MALFORMED, String.valueOf(at.getMessage()), cause);
            }
        }
        return cause;
    }

    static SecurityFailedException closed() {
        return new SecurityFailedException(Reason.CLOSED, "the connection ended before the handshake did");
    }

    static SecurityFailedException tooSlow() {
        return new SecurityFailedException(Reason.CLOSED, "the handshake took too long");
    }

    static SecurityFailedException noCertificate() {
        return new SecurityFailedException(Reason.UNAUTHENTIC, "the remote showed no certificate");
    }

    // Its text is left out: Netty fails when there is none.
    static SecurityFailedException closedByRemote(QuicConnectionCloseEvent event) {
        if (!event.isTlsError()) {
            return new SecurityFailedException(Reason.CLOSED, "the remote closed with code " + event.error());
        }
        int alert = QuicConnectionCloseEvent.extractTlsError(event.error());
        return new SecurityFailedException(reasonOf(alert), "the remote closed with alert " + alert);
    }

    private static Reason reasonOf(int alert) {
        if (alert == NO_APPLICATION_PROTOCOL) {
            return Reason.NO_COMMON_MUXER;
        }
        boolean ofCertificates = alert >= FIRST_CERTIFICATE_ALERT && alert <= LAST_CERTIFICATE_ALERT;
        return ofCertificates || alert == CERTIFICATE_REQUIRED ? Reason.UNAUTHENTIC : Reason.MALFORMED;
    }
}
