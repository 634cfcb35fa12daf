package proteus.application.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import proteus.application.migration.MovableSession;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.TaskScheduler;
import proteus.application.session.NodeEvent;
import proteus.application.session.Relocation;
import proteus.application.session.SessionEnd;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.ConnectionRefusedReason;

/**
 * Asks a session whether it may be carried on over another connection, before the peer is told that it may.
 *
 * <p>A peer that goes to the legacy stack says {@code Bye} as soon as it is accepted there. If the session were in the
 * midst of something, it would be lost; and if it were waiting for another connection that claims to be the peer's, that
 * would get it.
 */
final class Admission implements Relocation {

    /** How long a session may take that is at something else. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private volatile boolean heard;

    private Admission() {}

    /**
     * Whether {@code session} expects a connection from now on, for some seconds. Blocks; for virtual threads.
     *
     * @param word what the peer is to say before its {@code Bye}
     */
    static boolean of(MovableSession session, Optional<BlockHeight> word, TaskScheduler scheduler) {
        Admission admission = new Admission();
        if (!session.post(new NodeEvent.Expect(word, admission))) {
            return false;
        }
        TaskScheduler.Timeout timer = scheduler.schedule(PATIENCE, () -> admission.answer.complete(false));
        boolean admitted = false;
        boolean heard = false;
        try {
            admitted = admission.answer.get();
            heard = admission.heard;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
        }
        if (!heard) {
            session.post(new NodeEvent.Withdraw());
        }
        return admitted;
    }

    private void answer(boolean yes) {
        heard = true;
        answer.complete(yes);
    }

    @Override
    public void ready() {
        answer(true);
    }

    @Override
    public void busy(String with) {
        answer(false);
    }

    @Override
    public void ended(SessionEnd end) {
        answer(false);
    }

    @Override
    public void left() {}

    @Override
    public void arrived() {}

    @Override
    public void refused(ConnectionRefusedReason reason) {}

    @Override
    public void dropped(CloseCause cause) {}
}
