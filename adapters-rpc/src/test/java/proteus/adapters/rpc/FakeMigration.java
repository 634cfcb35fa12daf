package proteus.adapters.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.MoveTallies;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.StoreException;

/** Notes orders and questions as text, and moves nobody. Its fields may be changed before a call. */
public final class FakeMigration implements MigrationControl {

    private final List<String> orders;
    public volatile Status status = new Status(Rollout.DEFAULT, false, Map.of(), 0, 0, List.of());
    public volatile MoveTallies tallies = MoveTallies.NONE;
    public volatile List<JournalEntry> journal = List.of();
    public volatile Optional<String> refusal = Optional.empty();
    public volatile boolean storeBroken;

    /** Run by whoever reads the journal. */
    public volatile Runnable whenRead = () -> {};

    FakeMigration(List<String> orders) {
        this.orders = orders;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public MoveTallies tallies() {
        return tallies;
    }

    @Override
    public void set(Rollout rollout, String cause) throws RolloutRefusedException, StoreException {
        if (refusal.isPresent()) {
            throw new RolloutRefusedException(refusal.get());
        }
        requireStore();
        orders.add("set " + rollout.stage() + " " + rollout.share() + ", " + cause);
    }

    @Override
    public List<JournalEntry> journal(Optional<PeerKey> peer, int most) throws StoreException {
        requireStore();
        whenRead.run();
        orders.add("journal of " + peer.map(PeerKey::toString).orElse("all") + ", " + most);
        return journal;
    }

    private void requireStore() throws StoreException {
        if (storeBroken) {
            throw new StoreException(StoreException.Reason.IO, "the disk is full");
        }
    }
}
