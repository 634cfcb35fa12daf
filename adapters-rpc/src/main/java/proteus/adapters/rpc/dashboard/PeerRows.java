package proteus.adapters.rpc.dashboard;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.Direction;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import tools.jackson.core.JsonGenerator;

/** What the page shows of each connected peer: what the node, the migration and the comparison know of it, brought together. */
final class PeerRows {

    private final List<ConnectedPeer> peers;

    /** By where a session is; what is told of a peer that moves in between is missing for a moment. */
    private final Map<PeerEndpoint, PeerStatus> statuses = new HashMap<>();

    private final Map<PeerEndpoint, PeerFigures> figures = new HashMap<>();
    private final Instant now;

    PeerRows(List<ConnectedPeer> peers, List<PeerStatus> statuses, List<PeerFigures> figures, Instant now) {
        this.peers = peers;
        statuses.forEach(status -> this.statuses.put(new PeerEndpoint(status.address(), status.carrier()), status));
        figures.forEach(figure -> this.figures.put(new PeerEndpoint(figure.address(), figure.carrier()), figure));
        this.now = now;
    }

    /** A document each, by a name that stays the same when the session moves. */
    Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        for (ConnectedPeer peer : peers) {
            PeerEndpoint place = new PeerEndpoint(
                    peer.connection().address(), peer.connection().carrier());
            Optional<PeerStatus> status = Optional.ofNullable(statuses.get(place));
            String document = Json.text(json -> write(json, peer, status, Optional.ofNullable(figures.get(place))));
            String name = peer.connection().handshake().instanceId().toHex();
            for (int next = 2; documents.containsKey(name); next++) {
                // An instance id is public, and may be claimed by several.
                name = peer.connection().handshake().instanceId().toHex() + "-" + next;
            }
            documents.put(name, document);
        }
        return documents;
    }

    private void write(
            JsonGenerator json, ConnectedPeer peer, Optional<PeerStatus> status, Optional<PeerFigures> figures) {
        PeerConnection.Description connection = peer.connection();
        json.writeStartObject();
        json.writeStringProperty("address", connection.address().toString());
        json.writeStringProperty("stack", StackFiguresJson.name(connection.stack()));
        json.writeStringProperty("transport", connection.carrier().transport());
        Json.writeText(json, "security", peer.layers().security());
        Json.writeText(json, "session", peer.layers().session());
        json.writeBooleanProperty("inbound", connection.direction() == Direction.INBOUND);
        json.writeStringProperty("version", connection.handshake().version());
        Json.writeText(json, "agent", peer.layers().agent());
        json.writeStringProperty("peerId", connection.peerId().toString());
        json.writeNumberProperty("standing", peer.standing().scoreAt(now));
        json.writeNumberProperty("tolerance", peer.standing().tolerance());
        json.writeNumberProperty("height", peer.height());
        json.writeNumberProperty("since", peer.since().toEpochMilli());
        json.writeNumberProperty("bytesIn", peer.traffic().bytesIn());
        json.writeNumberProperty("bytesOut", peer.traffic().bytesOut());
        json.writeBooleanProperty("contested", peer.contested());
        json.writeBooleanProperty("able", peer.hasLibp2p());
        json.writeName("roundTrip");
        roundTrip(connection.stack(), figures).ifPresentOrElse(json::writeNumber, json::writeNull);
        Json.writeText(json, "verdict", figures.map(PeerFigures::verdict));
        Json.writeText(json, "key", status.map(known -> known.key().toString()));
        Json.writeText(json, "state", status.map(PeerStatus::reason));
        json.writeNumberProperty("moves", status.map(PeerStatus::moves).orElse(0));
        Json.writeText(json, "last", status.flatMap(PeerStatus::last).map(MoveOutcome::toString));
        Json.writeText(json, "notBefore", status.flatMap(PeerStatus::notBefore).map(Instant::toString));
        json.writeEndObject();
    }

    private static Optional<Double> roundTrip(Stack stack, Optional<PeerFigures> figures) {
        OptionalDouble median = figures.map(PeerFigures::stacks)
                .flatMap(stacks -> Optional.ofNullable(stacks.get(stack)))
                .map(StackFigures::roundTrip)
                .map(roundTrip -> roundTrip.median())
                .orElse(OptionalDouble.empty());
        return median.isPresent() ? Optional.of(median.getAsDouble()) : Optional.empty();
    }
}
