package proteus.adapters.rpc;

import java.util.List;
import java.util.Optional;
import proteus.application.port.ComparisonControl;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.MigrationStore;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;

/** Methods about the migration from stack to stack. Upstream has nothing like it. */
final class MigrationMethods {

    /** What the journal says of orders that came here. */
    static final String CAUSE = "by order over RPC";

    private static final long USUAL_ENTRIES = 100;

    private final NodeControl control;

    MigrationMethods(NodeControl control) {
        this.control = control;
    }

    void addTo(MethodTable methods) {
        methods.put("migration_status", this::migrationStatus);
        methods.put("guard_status", this::guardStatus);
        methods.put("set_stage", this::setStage);
        methods.put("migration_journal", this::migrationJournal);
    }

    private Answer migrationStatus(Arguments arguments) {
        MigrationControl.Status status = control.migration().status();
        return Answer.of(json -> MigrationStatusJson.write(json, status));
    }

    private Answer guardStatus(Arguments arguments) {
        ComparisonControl.Guard guard = control.comparison().guard();
        return Answer.of(json -> GuardStatusJson.write(json, guard));
    }

    /** Without a share, the one that is. */
    private Answer setStage(Arguments arguments) throws CallException, StoreException {
        MigrationControl migration = control.migration();
        Stage stage = Stage.parse(arguments.text("stage"))
                .orElseThrow(() -> CallException.failed("stages are legacy-only, dual, migrate and libp2p-only"));
        Optional<Long> share = arguments.maybeNumber("share");
        if (share.filter(percent -> percent > Rollout.ALL).isPresent()) {
            throw CallException.failed("the share is from 0 to " + Rollout.ALL + " percent, not " + share.get());
        }
        MigrationControl.Status before = migration.status();
        Rollout to = new Rollout(
                stage, share.map(Math::toIntExact).orElse(before.rollout().share()));
        try {
            migration.set(to, CAUSE);
        } catch (RolloutRefusedException refused) {
            throw CallException.failed(String.valueOf(refused.getMessage()));
        }
        MigrationStatusJson.Change change = new MigrationStatusJson.Change(before.rollout(), before.custom(), to);
        return Answer.of(json -> MigrationStatusJson.write(json, change));
    }

    private Answer migrationJournal(Arguments arguments) throws CallException, StoreException {
        Optional<PeerKey> peer = peer(arguments);
        long most = arguments.maybeNumber("most").orElse(USUAL_ENTRIES);
        if (most > MigrationStore.MAX_JOURNAL) {
            throw CallException.failed("a journal has at most " + MigrationStore.MAX_JOURNAL + " entries, not " + most);
        }
        List<JournalEntry> entries = control.migration().journal(peer, Math.toIntExact(most));
        return Answer.of(json -> {
            json.writeStartArray();
            entries.forEach(entry -> JournalJson.write(json, entry));
            json.writeEndArray();
        });
    }

    private static Optional<PeerKey> peer(Arguments arguments) throws CallException {
        Optional<String> text = arguments.maybeText("peer");
        Optional<PeerKey> peer = text.flatMap(PeerKey::parse);
        if (text.isPresent() && peer.isEmpty()) {
            throw CallException.failed("a peer is a peer id, or an IP and a port such as 127.0.0.1:9798");
        }
        return peer;
    }
}
