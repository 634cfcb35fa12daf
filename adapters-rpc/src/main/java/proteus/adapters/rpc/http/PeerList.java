package proteus.adapters.rpc.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import tools.jackson.core.JsonGenerator;

/**
 * The connected peers, and what the migration makes of each. Upstream's JSON-RPC has no such list; docs/rpc.md names the
 * members.
 *
 * @param peers in the order in which they connected
 * @param migration how it stands with the peer at that end of a connection
 */
record PeerList(List<ConnectedPeer> peers, Map<PeerEndpoint, PeerStatus> migration) {

    PeerList {
        peers = List.copyOf(peers);
        migration = Map.copyOf(migration);
    }

    /** As they are now. A peer that moves or leaves just then may lack what the migration makes of it. */
    static PeerList of(NodeControl control) {
        Map<PeerEndpoint, PeerStatus> migration = new HashMap<>();
        for (PeerStatus status : control.migration().status().peers()) {
            migration.put(new PeerEndpoint(status.address(), status.carrier()), status);
        }
        return new PeerList(control.peers(), migration);
    }

    void writeTo(JsonGenerator json) {
        json.writeStartArray();
        peers.forEach(peer -> write(json, peer));
        json.writeEndArray();
    }

    private void write(JsonGenerator json, ConnectedPeer peer) {
        PeerConnection.Description connection = peer.connection();
        json.writeStartObject();
        json.writeStringProperty("address", connection.endpoint().toMultiaddress());
        json.writeStringProperty("peerId", connection.peerId().toString());
        json.writeStringProperty("stack", lower(connection.stack()));
        json.writeStringProperty("transport", connection.carrier().transport());
        json.writeStringProperty("direction", lower(connection.direction()));
        json.writeName("listenPort");
        connection.handshake().listenPort().ifPresentOrElse(json::writeNumber, json::writeNull);
        json.writeStringProperty("version", connection.handshake().version());
        writeLayers(json, peer.layers());
        json.writeNumberProperty("height", peer.height());
        json.writeNumberProperty("since", peer.since().toEpochMilli());
        json.writeNumberProperty("standing", peer.standing().score());
        json.writeNumberProperty("tolerance", peer.standing().tolerance());
        json.writeBooleanProperty("contested", peer.contested());
        writeTraffic(json, peer.traffic());
        json.writeName("migration");
        Optional.ofNullable(migration.get(connection.endpoint()))
                .ifPresentOrElse(status -> write(json, status), json::writeNull);
        json.writeEndObject();
    }

    private static void writeLayers(JsonGenerator json, PeerConnection.Layers layers) {
        write(json, "security", layers.security());
        write(json, "muxer", layers.muxer());
        write(json, "agent", layers.agent());
        write(json, "session", layers.session());
    }

    private static void writeTraffic(JsonGenerator json, PeerConnection.Traffic traffic) {
        json.writeName("traffic").writeStartObject();
        json.writeNumberProperty("messagesIn", traffic.framesIn());
        json.writeNumberProperty("bytesIn", traffic.bytesIn());
        json.writeNumberProperty("messagesOut", traffic.framesOut());
        json.writeNumberProperty("bytesOut", traffic.bytesOut());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PeerStatus status) {
        json.writeStartObject();
        json.writeStringProperty("key", status.key().toString());
        json.writeStringProperty("state", status.state());
        json.writeBooleanProperty("movedByUs", status.movedByUs());
        json.writeNumberProperty("moves", status.moves());
        json.writeNumberProperty("attempts", status.attempts());
        write(json, "lastOutcome", status.last().map(MoveOutcome::toString));
        json.writeName("notBefore");
        status.notBefore().ifPresentOrElse(time -> json.writeNumber(time.toEpochMilli()), json::writeNull);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<String> text) {
        json.writeName(name);
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
