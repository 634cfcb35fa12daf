package proteus.adapters.libp2p.engine.security.tls;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * Says why a handshake failed. BoringSSL tells alerts and faults by text only, such as {@code
 * SSLV3_ALERT_BAD_CERTIFICATE}; a text that is not known counts as malformed.
 */
final class TlsFailures {

    private TlsFailures() {}

    /** The failure that {@code cause} stands for; what {@code check} has refused goes before all else. */
    static SecurityFailedException explain(Throwable cause, PeerCheck check) {
        if (check.refusal().isPresent()) {
            RefusedCertificateException refusal = check.refusal().get();
            return new SecurityFailedException(refusal.reason(), String.valueOf(refusal.getMessage()), refusal);
        }
        for (@Nullable Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                String text = String.valueOf(at.getMessage());
                return new SecurityFailedException(reasonOf(text.toUpperCase(Locale.ROOT)), text, cause);
            }
        }
        Reason reason = switch (cause) {
            case ClosedChannelException _ -> Reason.CLOSED;
            case IOException _ -> Reason.RESET;
            default -> Reason.MALFORMED;
        };
        return new SecurityFailedException(reason, String.valueOf(cause.getMessage()), cause);
    }

    private static Reason reasonOf(String text) {
        if (text.contains("NO_APPLICATION_PROTOCOL")) {
            return Reason.NO_COMMON_MUXER;
        }
        if (text.contains("CERTIFICATE")
                || text.contains("CERT_")
                || text.contains("SIGNATURE")
                || text.contains("DECRYPT")
                || text.contains("BAD_RECORD_MAC")) {
            return Reason.UNAUTHENTIC;
        }
        return text.contains("CLOSED") ? Reason.CLOSED : Reason.MALFORMED;
    }
}
