package proteus.adapters.libp2p.gateway;

import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;

/** What came of shaking hands over a gateway. */
sealed interface GatewayOutcome {

    /** A session's connection. */
    record Connected(PeerConnection connection) implements GatewayOutcome {}

    /**
     * Nothing.
     *
     * @param keepsConnection whether the connection stays, for other protocols than this
     */
    record Failed(Cause cause, boolean keepsConnection) implements GatewayOutcome {

        Failed(Cause cause) {
            this(cause, false);
        }
    }
}
