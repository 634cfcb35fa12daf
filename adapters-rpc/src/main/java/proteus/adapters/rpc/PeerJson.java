package proteus.adapters.rpc;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerStanding;
import tools.jackson.core.JsonGenerator;

/**
 * What a peer looks like. Source: neptune-p2p 0.19.4, {@code peer_info.rs} and {@code peer.rs}, derived by serde.
 */
final class PeerJson {

    private PeerJson() {}

    static void writePeerInfo(JsonGenerator json, ConnectedPeer peer) {
        PeerConnection.Description connection = peer.connection();
        HandshakeData handshake = connection.handshake();
        json.writeStartObject();
        json.writeName("peer_connection_info");
        writeConnection(json, connection);
        json.writeName("instance_id").writeNumber(handshake.instanceId().toDecimal());
        json.writeName("own_timestamp_connection_established");
        writeTime(json, connection.ownHandshakeTime());
        json.writeName("peer_timestamp_connection_established");
        writeTime(json, handshake.timestamp().seconds(), handshake.timestamp().nanos());
        json.writeName("standing");
        writeStanding(json, peer.standing());
        json.writeStringProperty("version", handshake.version());
        json.writeBooleanProperty("is_archival_node", handshake.isArchivalNode());
        writeLayers(json, peer);
        json.writeEndObject();
    }

    /** What upstream does not say of a peer; its neptune-cli passes over what it does not know. */
    private static void writeLayers(JsonGenerator json, ConnectedPeer peer) {
        PeerConnection.Layers layers = peer.layers();
        json.writeStringProperty("stack", peer.connection().stack().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("transport", peer.connection().carrier().transport());
        json.writeName("security");
        writeText(json, layers.security());
        json.writeName("muxer");
        writeText(json, layers.muxer());
        json.writeStringProperty("peer_id", peer.connection().peerId().toString());
        json.writeName("agent");
        writeText(json, layers.agent());
        json.writeName("session");
        writeText(json, layers.session());
        json.writeName("protocols").writeStartArray();
        layers.protocols().forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty("contested", peer.contested());
    }

    private static void writeText(JsonGenerator json, Optional<String> text) {
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }

    private static void writeConnection(JsonGenerator json, PeerConnection.Description connection) {
        json.writeStartObject();
        json.writeName("listen_port");
        connection.handshake().listenPort().ifPresentOrElse(json::writeNumber, json::writeNull);
        json.writeStringProperty("address", connection.endpoint().toMultiaddress());
        json.writeBooleanProperty("inbound", connection.direction() == Direction.INBOUND);
        json.writeEndObject();
    }

    /** The score is the one last written; readers compute what is left of it. */
    static void writeStanding(JsonGenerator json, PeerStanding standing) {
        json.writeStartObject();
        json.writeNumberProperty("standing", standing.score());
        json.writeName("latest_punishment");
        standing.latestPunishment()
                .ifPresentOrElse(
                        punishment -> {
                            json.writeStartArray();
                            SanctionJson.write(json, punishment.sanction());
                            writeTime(json, punishment.time());
                            json.writeEndArray();
                        },
                        json::writeNull);
        json.writeName("latest_reward");
        standing.latestReward()
                .ifPresentOrElse(
                        reward -> {
                            json.writeStartArray();
                            SanctionJson.write(json, reward.sanction());
                            writeTime(json, reward.time());
                            json.writeEndArray();
                        },
                        json::writeNull);
        json.writeNumberProperty("peer_tolerance", standing.tolerance());
        json.writeEndObject();
    }

    private static void writeTime(JsonGenerator json, Instant time) {
        writeTime(json, time.getEpochSecond(), time.getNano());
    }

    private static void writeTime(JsonGenerator json, long seconds, int nanos) {
        json.writeStartObject();
        json.writeNumberProperty("secs_since_epoch", seconds);
        json.writeNumberProperty("nanos_since_epoch", nanos);
        json.writeEndObject();
    }
}
