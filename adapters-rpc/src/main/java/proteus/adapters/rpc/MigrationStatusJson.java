package proteus.adapters.rpc;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;
import tools.jackson.core.JsonGenerator;

/** How the migration stands, as JSON; docs/rpc.md lists the members. Safe for use by many threads. */
public final class MigrationStatusJson {

    private MigrationStatusJson() {}

    /**
     * What an order changed.
     *
     * @param from what was before
     * @param custom whether, before, stacks were used otherwise than a stage says
     * @param to what is since
     */
    public record Change(Rollout from, boolean custom, Rollout to) {}

    /**
     * What the method {@code MigrationStatus} gave.
     *
     * @throws MalformedMessageException if {@code json} is something else
     */
    public static Status read(String json) throws MalformedMessageException {
        JsonMembers status = JsonMembers.object(json);
        JsonMembers counts = status.members("sessions");
        Map<Stack, Integer> sessions = new EnumMap<>(Stack.class);
        for (Stack stack : Stack.values()) {
            sessions.put(stack, count(counts, JournalJson.name(stack)));
        }
        List<PeerStatus> peers = new ArrayList<>();
        for (JsonMembers peer : status.items("peers")) {
            peers.add(peer(peer));
        }
        return new Status(
                JournalJson.rollout(status),
                status.truth("custom"),
                sessions,
                count(status, "moved_by_us"),
                count(status, "moving"),
                peers);
    }

    /**
     * What the method {@code SetStage} gave.
     *
     * @throws MalformedMessageException if {@code json} is something else
     */
    public static Change readChange(String json) throws MalformedMessageException {
        JsonMembers change = JsonMembers.object(json);
        return new Change(
                JournalJson.rollout(change.members("from")),
                change.truth("custom"),
                JournalJson.rollout(change.members("to")));
    }

    static void write(JsonGenerator json, Status status) {
        json.writeStartObject();
        json.writeStringProperty("stage", status.rollout().stage().toString());
        json.writeNumberProperty("share", status.rollout().share());
        json.writeBooleanProperty("custom", status.custom());
        json.writeName("sessions").writeStartObject();
        for (Stack stack : Stack.values()) {
            json.writeNumberProperty(JournalJson.name(stack), status.sessions().getOrDefault(stack, 0));
        }
        json.writeEndObject();
        json.writeNumberProperty("moved_by_us", status.movedByUs());
        json.writeNumberProperty("moving", status.moving());
        json.writeName("peers").writeStartArray();
        status.peers().forEach(peer -> write(json, peer));
        json.writeEndArray();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Change change) {
        json.writeStartObject();
        json.writeName("from");
        JournalJson.write(json, change.from());
        json.writeBooleanProperty("custom", change.custom());
        json.writeName("to");
        JournalJson.write(json, change.to());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PeerStatus peer) {
        json.writeStartObject();
        json.writeStringProperty("key", peer.key().toString());
        json.writeStringProperty("address", peer.address().toString());
        json.writeStringProperty("carrier", name(peer.carrier()));
        json.writeBooleanProperty("moved_by_us", peer.movedByUs());
        json.writeStringProperty("state", peer.state());
        json.writeNumberProperty("moves", peer.moves());
        json.writeNumberProperty("attempts", peer.attempts());
        json.writeName("last");
        peer.last().map(MoveOutcome::toString).ifPresentOrElse(json::writeString, json::writeNull);
        json.writeName("not_before");
        peer.notBefore().map(Object::toString).ifPresentOrElse(json::writeString, json::writeNull);
        json.writeEndObject();
    }

    private static PeerStatus peer(JsonMembers peer) throws MalformedMessageException {
        return new PeerStatus(
                peer.parsed("key", PeerKey::parse),
                peer.parsed("address", PeerAddress::parse),
                peer.parsed("carrier", MigrationStatusJson::carrier),
                peer.truth("moved_by_us"),
                peer.text("state"),
                count(peer, "moves"),
                // A node that was started before it counted them does not tell.
                peer.maybeWhole("attempts", Integer.MAX_VALUE)
                        .map(Math::toIntExact)
                        .orElse(0),
                peer.maybeParsed("last", MoveOutcome::parse),
                peer.maybeParsed("not_before", JournalJson::time));
    }

    private static int count(JsonMembers members, String name) throws MalformedMessageException {
        return Math.toIntExact(members.whole(name, Integer.MAX_VALUE));
    }

    private static String name(Carrier carrier) {
        return switch (carrier) {
            case LEGACY_TCP -> "legacy-tcp";
            case LIBP2P_TCP -> "libp2p-tcp";
            case LIBP2P_QUIC -> "libp2p-quic";
        };
    }

    private static Optional<Carrier> carrier(String text) {
        return switch (text) {
            case "legacy-tcp" -> Optional.of(Carrier.LEGACY_TCP);
            case "libp2p-tcp" -> Optional.of(Carrier.LIBP2P_TCP);
            case "libp2p-quic" -> Optional.of(Carrier.LIBP2P_QUIC);
            default -> Optional.empty();
        };
    }
}
