package proteus.adapters.rpc.dashboard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import proteus.adapters.rpc.JournalJson;
import proteus.application.port.ComparisonControl;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.NodeControl;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import tools.jackson.core.JsonGenerator;

/** Takes views of one node. For one thread. */
final class NodeView {

    /** How much of the journal the page shows. */
    static final int JOURNAL = 60;

    private final DashboardSettings settings;
    private final NodeControl control;
    private long taken;

    NodeView(DashboardSettings settings, NodeControl control) {
        this.settings = settings;
        this.control = control;
    }

    /**
     * How everything is now.
     *
     * @param unread is told why the journal cannot be read; without it the rest is still worth a look
     */
    View take(AdoptionHistory.Point adoption, Instant now, Consumer<StoreException> unread) {
        List<ConnectedPeer> peers = control.peers();
        MigrationControl.Status migration = control.migration().status();
        ComparisonControl comparison = control.comparison();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("node", Json.text(this::writeNode));
        parts.put("sync", Json.text(json -> write(json, control.syncStatus())));
        parts.put("migration", Json.text(json -> write(json, migration, peers)));
        parts.put("stacks", Json.text(json -> StackFiguresJson.write(json, comparison.stacks())));
        parts.put("guard", Json.text(json -> write(json, comparison.guard())));
        addJournalTo(parts, unread);
        taken++;
        return new View(
                taken,
                parts,
                new PeerRows(peers, migration.peers(), comparison.peers(), now).documents(),
                Json.text(json -> Change.write(json, adoption)));
    }

    private void writeNode(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("network", control.network().id());
        json.writeStringProperty("version", settings.version());
        json.writeStringProperty("commit", settings.commit());
        json.writeStringProperty("advice", settings.advice());
        json.writeStringProperty("instance", control.ownInstanceId().toHex());
        json.writeNumberProperty("height", control.tipHeader().height().value());
        json.writeStringProperty("tip", control.tipDigest().toHex());
        json.writeNumberProperty("tipTime", control.tipHeader().timestamp().millis());
        json.writeBooleanProperty("frozen", control.frozen());
        json.writeNumberProperty("contested", control.contestedConnections());
        json.writeName("listening").writeStartArray();
        control.listening().forEach(endpoint -> json.writeString(endpoint.toString()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SyncStatus sync) {
        json.writeStartObject();
        switch (sync) {
            case SyncStatus.Unknown() -> json.writeStringProperty("state", "unknown");
            case SyncStatus.Synced() -> json.writeStringProperty("state", "synced");
            case SyncStatus.Challenging(int open) -> {
                json.writeStringProperty("state", "challenging");
                json.writeNumberProperty("open", open);
            }
            case SyncStatus.Syncing syncing -> {
                json.writeStringProperty("state", "syncing");
                json.writeNumberProperty("height", syncing.height());
                json.writeNumberProperty("target", syncing.target());
                json.writeNumberProperty("fraction", syncing.fraction());
                json.writeNumberProperty("rate", syncing.blocksPerSecond());
                json.writeNumberProperty("peers", syncing.peers());
                syncing.timeLeft().ifPresent(left -> json.writeNumberProperty("left", left.toSeconds()));
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MigrationControl.Status status, List<ConnectedPeer> peers) {
        json.writeStartObject();
        json.writeStringProperty("stage", status.rollout().stage().toString());
        json.writeNumberProperty("share", status.rollout().share());
        json.writeBooleanProperty("custom", status.custom());
        json.writeNumberProperty("legacy", status.sessions().getOrDefault(Stack.LEGACY, 0));
        json.writeNumberProperty("libp2p", status.sessions().getOrDefault(Stack.LIBP2P, 0));
        json.writeNumberProperty("movedByUs", status.movedByUs());
        json.writeNumberProperty("moving", status.moving());
        json.writeNumberProperty(
                "able", peers.stream().filter(ConnectedPeer::hasLibp2p).count());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ComparisonControl.Guard guard) {
        json.writeStartObject();
        json.writeBooleanProperty("on", guard.on());
        json.writeStringProperty("verdict", guard.verdict());
        json.writeNumberProperty("peersTakenBack", guard.peersTakenBack());
        Json.writeText(json, "nodeTakenBack", guard.nodeTakenBack().map(Instant::toString));
        json.writeEndObject();
    }

    private void addJournalTo(Map<String, String> parts, Consumer<StoreException> unread) {
        try {
            List<JournalEntry> entries = control.migration().journal(Optional.empty(), JOURNAL);
            parts.put("journal", Json.text(json -> writeJournal(json, entries)));
        } catch (StoreException failure) {
            unread.accept(failure);
            parts.put("journal", "[]");
        }
    }

    /** The latest entry first. */
    static void writeJournal(JsonGenerator json, List<JournalEntry> entries) {
        json.writeStartArray();
        for (JournalEntry entry : entries.reversed()) {
            json.writeRawValue(JournalJson.line(entry));
        }
        json.writeEndArray();
    }
}
