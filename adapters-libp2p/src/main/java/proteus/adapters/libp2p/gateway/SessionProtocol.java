package proteus.adapters.libp2p.gateway;

import java.util.List;
import proteus.adapters.libp2p.nativeprotocol.NativeFrames;
import proteus.application.frame.FrameEncoding;
import proteus.domain.network.Network;

/**
 * A protocol that a session's stream can be opened with. They differ in how records and messages are written.
 *
 * @param id by which the two sides agree on it
 * @param encoding how messages are written
 * @param record how the records before them are written
 */
record SessionProtocol(String id, FrameEncoding encoding, RecordForm record) {

    /** Known to neptune-core from 0.19.1 on. */
    static final SessionProtocol V2 =
            new SessionProtocol("/id/stream-gateway-handshake/2.0", FrameEncoding.BINCODE, RecordForm.BINCODE);

    /** The only one that neptune-core up to 0.19.0 knows. */
    static final SessionProtocol V1 =
            new SessionProtocol("/id/stream-gateway-handshake/1.0", FrameEncoding.JSON, RecordForm.BINCODE);

    /** The protocols of Neptune's own gateway, the preferred one first. */
    static final List<SessionProtocol> GATEWAY = List.of(V2, V1);

    /** That which Proteus nodes of {@code network} speak among themselves. */
    static SessionProtocol ofNetwork(Network network) {
        return new SessionProtocol("/proteus/" + network.id() + "/session/1", new NativeFrames(), RecordForm.PROTOBUF);
    }

    @Override
    public String toString() {
        return id;
    }
}
