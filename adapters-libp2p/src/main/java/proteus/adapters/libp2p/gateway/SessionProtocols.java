package proteus.adapters.libp2p.gateway;

import java.util.ArrayList;
import java.util.List;

/** The protocols that a node opens and takes sessions with, the preferred one first. Immutable. */
final class SessionProtocols {

    private final List<SessionProtocol> protocols;

    private SessionProtocols(List<SessionProtocol> protocols) {
        this.protocols = List.copyOf(protocols);
    }

    /** Those of a node with these settings. */
    static SessionProtocols of(GatewaySettings settings) {
        List<SessionProtocol> protocols = new ArrayList<>(SessionProtocol.GATEWAY);
        if (settings.nativeSessions()) {
            protocols.addFirst(SessionProtocol.ofNetwork(settings.network()));
        }
        return new SessionProtocols(protocols);
    }

    List<String> ids() {
        return protocols.stream().map(SessionProtocol::id).toList();
    }

    /** The protocol with this id, which must be one of {@link #ids}. */
    SessionProtocol of(String id) {
        return protocols.stream()
                .filter(protocol -> protocol.id().equals(id))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no protocol of a session: " + id));
    }
}
