package proteus.adapters.libp2p.engine.security.tls;

import java.security.cert.CertificateException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** A peer's certificate breaks a rule, or names somebody else than expected. */
public final class RefusedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1;

    private final SecurityFailedException.Reason reason;

    RefusedCertificateException(SecurityFailedException.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    RefusedCertificateException(SecurityFailedException.Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, as the failure of the handshake will say it. */
    public SecurityFailedException.Reason reason() {
        return reason;
    }
}
