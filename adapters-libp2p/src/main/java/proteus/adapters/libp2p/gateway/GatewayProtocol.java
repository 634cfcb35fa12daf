package proteus.adapters.libp2p.gateway;

import java.util.Arrays;
import java.util.List;
import proteus.application.frame.FrameEncoding;

/** The protocols that a gateway stream can be opened with, the preferred one first. They differ in how messages are written. */
enum GatewayProtocol {
    /** Known to neptune-core from 0.19.1 on. */
    V2("/id/stream-gateway-handshake/2.0", FrameEncoding.BINCODE),
    /** The only one that neptune-core up to 0.19.0 knows. */
    V1("/id/stream-gateway-handshake/1.0", FrameEncoding.JSON);

    private final String id;
    private final FrameEncoding encoding;

    GatewayProtocol(String id, FrameEncoding encoding) {
        this.id = id;
        this.encoding = encoding;
    }

    String id() {
        return id;
    }

    FrameEncoding encoding() {
        return encoding;
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(GatewayProtocol::id).toList();
    }

    /** The protocol with this id, which must be one of {@link #ids}. */
    static GatewayProtocol of(String id) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.id.equals(id))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no protocol of the gateway: " + id));
    }
}
