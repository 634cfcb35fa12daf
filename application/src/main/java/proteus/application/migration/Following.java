package proteus.application.migration;

import java.time.Duration;
import java.util.Optional;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.session.Relocation;
import proteus.application.session.SessionEnd;
import proteus.domain.peer.ConnectionRefusedReason;

/** A move that the peer began, and this node takes part in. */
final class Following implements Relocation {

    private static final System.Logger LOG = System.getLogger(Following.class.getName());

    private final MovableSession session;
    private final Stack to;
    private final Runnable whenArrived;
    private final Journal journal;
    private final Counterparts counterparts;
    private final Description before;

    Following(MovableSession session, Stack to, Runnable whenArrived, Journal journal, Counterparts counterparts) {
        this.session = session;
        this.to = to;
        this.whenArrived = whenArrived;
        this.journal = journal;
        this.counterparts = counterparts;
        before = session.current();
    }

    @Override
    public void arrived() {
        whenArrived.run();
        PeerKey key = counterparts.keyOf(to == Stack.LIBP2P ? session.current() : before);
        Mover.Report report = new Mover.Report(MoveOutcome.SETTLED, Optional.of(Duration.ZERO), "");
        // The journal blocks on the store, and this is the session's thread.
        Thread.ofVirtual()
                .name("journal-" + before.address())
                .start(() -> journal.moved(before.address(), key, to, "as the peer wants it", report));
    }

    @Override
    public void busy(String with) {
        tell("not now, " + with + " goes on");
    }

    @Override
    public void dropped(CloseCause cause) {
        tell("the other connection ended: " + cause);
    }

    @Override
    public void ready() {}

    @Override
    public void left() {}

    @Override
    public void refused(ConnectionRefusedReason reason) {}

    @Override
    public void ended(SessionEnd end) {
        tell("the session ended: " + end);
    }

    private void tell(String what) {
        LOG.log(System.Logger.Level.DEBUG, "peer {0}: wanted to be moved to {1}: {2}", before.address(), to, what);
    }
}
