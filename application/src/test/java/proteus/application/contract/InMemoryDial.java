package proteus.application.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** A dial that is under way: what the dialler says of itself, and what it hears until it hangs up. */
final class InMemoryDial {

    private final PeerAddress source;
    private final PeerAddress target;
    private final PeerId sourceId;
    private final TaskScheduler clock;
    private final int outboundBytes;
    // At most one of each, as a handshake has them, and what ended it.
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    // Empty when it will never come.
    private final CompletableFuture<Optional<HandshakeData>> said = new CompletableFuture<>();
    private boolean over;

    /** What a dialler may hear. */
    sealed interface Heard {
        record Response(HandshakeData theirs) implements Heard {}

        record Refused(ConnectionRefusedReason why) implements Heard {}

        record Accepted(InMemoryPeerConnection connection) implements Heard {}

        record OtherProtocol(String how) implements Heard {}

        record Ended(String how) implements Heard {}

        record TimedOut() implements Heard {}

        record Stopped() implements Heard {}
    }

    InMemoryDial(PeerAddress source, PeerId sourceId, PeerAddress target, TaskScheduler clock, int outboundBytes) {
        this.source = source;
        this.target = target;
        this.sourceId = sourceId;
        this.clock = clock;
        this.outboundBytes = outboundBytes;
    }

    /** Where the dialler's end is. */
    PeerAddress source() {
        return source;
    }

    /** Whom it dials. */
    PeerAddress target() {
        return target;
    }

    /** Who the dialler proves to be, or the stand-in for it. */
    PeerId sourceId() {
        return sourceId;
    }

    /** The dialler says who it is. */
    void say(HandshakeData own) {
        said.complete(Optional.of(own));
    }

    /**
     * Waits for what the dialler says, no longer than {@code timeout} by {@code listener}'s clock.
     *
     * @return empty if it hangs up or takes too long
     */
    Optional<HandshakeData> awaitRequest(TaskScheduler listener, Duration timeout) throws InterruptedException {
        if (said.isDone()) {
            return said.join();
        }
        TaskScheduler.Timeout timer = listener.schedule(timeout, () -> said.complete(Optional.empty()));
        try {
            return said.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            timer.cancel();
        }
    }

    /** When the dialler made {@code request}, by its own clock. */
    Instant timeOf(HandshakeData request) {
        return request.timestamp().toInstant().orElseGet(clock::instant);
    }

    /** Now, by the dialler's clock. */
    Instant now() {
        return clock.instant();
    }

    /** The bound of the dialler's outbound queue. */
    int outboundBytes() {
        return outboundBytes;
    }

    /**
     * Tells the dialler.
     *
     * @return whether it had not hung up
     */
    synchronized boolean tell(Heard what) {
        return !over && heard.add(what);
    }

    /** Whether the dialler has hung up. */
    synchronized boolean isOver() {
        return over;
    }

    /** Waits for what the dialler hears next. */
    Heard await(Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        @Nullable Heard already = heard.poll();
        if (already != null) {
            return already;
        }
        TaskScheduler.Timeout timer = clock.schedule(timeout, () -> tell(new Heard.TimedOut()));
        try {
            return heard.take();
        } finally {
            timer.cancel();
        }
    }

    /** The dialler hears no more; a connection that it has not heard of is closed. */
    void hangUp() {
        List<Heard> unheard = new ArrayList<>();
        synchronized (this) {
            over = true;
            heard.drainTo(unheard);
        }
        said.complete(Optional.empty());
        for (Heard what : unheard) {
            if (what instanceof Heard.Accepted(var connection)) {
                connection.close();
            }
        }
    }
}
