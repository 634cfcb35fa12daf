package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import proteus.application.comparison.Comparison;
import proteus.application.contract.AssertingPeerConnection;
import proteus.application.contract.Await;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryPeerConnection;
import proteus.application.contract.ManualScheduler;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/** A session on a thread of its own, and its peer in the test's hands. */
final class RunningSession implements AutoCloseable {

    static final int OUTBOUND_BYTES = 1 << 20;

    private static final int MUCH_CREDIT = 1000;

    final ManualScheduler scheduler = new ManualScheduler();
    final Comparison comparison = new Comparison(scheduler, Map::of);
    final RecordedEvents heard = new RecordedEvents();
    final PlatformWorkPool workPool = new PlatformWorkPool("session-test", 1, 0);
    final FakeSessionNode node = FakeSessionNode.atGenesis(workPool, scheduler);
    final AssertingPeerConnection connection;
    final InMemoryPeerConnection peer;
    final SessionStanding standing;
    final PeerSession session;
    final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    private final Thread thread;

    RunningSession(Description described, PeerStanding initial) {
        this(described, initial, OUTBOUND_BYTES);
    }

    RunningSession(Description described, PeerStanding initial, int outboundBytes) {
        ConnectedPair pair = InMemoryPeerConnection.pair(
                described, Descriptions.of(Direction.OUTBOUND, Descriptions.loopback(9798), 1), outboundBytes);
        connection = AssertingPeerConnection.over(pair.near());
        peer = (InMemoryPeerConnection) pair.far();
        standing = new SessionStanding(initial);
        session = new PeerSession(connection, standing, node, scheduler, workPool, comparison);
        thread = Thread.ofVirtual().unstarted(() -> {
            try {
                end.complete(session.run());
            } catch (InterruptedException | RuntimeException | Error failure) {
                end.completeExceptionally(failure);
            }
        });
    }

    static RunningSession with(Description described) {
        return new RunningSession(described, PeerStanding.neutral(1000)).start();
    }

    /** With a peer of the newest version. */
    static RunningSession withPeer() {
        return with(Peers.ofVersion("0.19.4"));
    }

    /** Begins the session; its peer hears all that is said. */
    RunningSession start() {
        peer.open(heard);
        for (int i = 0; i < MUCH_CREDIT; i++) {
            peer.request();
        }
        thread.start();
        return this;
    }

    /** Begins the session with a peer that reads nothing. */
    RunningSession startUnheard() {
        thread.start();
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    SessionEnd awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(20, TimeUnit.SECONDS);
    }

    /** Asks for peers; the answer shows that the session goes on and has done all that was before. */
    void awaitAnswer() throws Exception {
        int answers = answers();
        peer.send(new PeerMessage.PeerListRequest());
        Await.until(
                () -> "an answer; end: " + end + ", heard: " + heard.messages(),
                () -> answers() > answers || end.isDone());
        assertThat(end).as("the end of the session").isNotDone();
    }

    private int answers() {
        return (int) heard.messages().stream()
                .filter(PeerMessage.PeerListResponse.class::isInstance)
                .count();
    }

    /** Ends it, and looks at whether it kept the rules of its connection and closed all frames. */
    @Override
    public void close() {
        session.post(new NodeEvent.Expel("the test is over"));
        Await.until("the session to end", () -> !thread.isAlive());
        Await.until(
                () -> "the frames to be closed: " + connection.unclosedFrames(),
                () -> connection.unclosedFrames().isEmpty());
        assertThat(connection.violations()).isEmpty();
        assertThat(scheduler.waiting()).as("timers left").isZero();
        node.chain.close();
        workPool.close();
    }
}
