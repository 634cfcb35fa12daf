package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.port.ConnectionEvent;
import proteus.application.session.Mailbox.OverflownException;

@Timeout(60)
final class MailboxTest {

    private static final ConnectionEvent END = new ConnectionEvent.Closed(ConnectionEvent.CloseCause.REMOTE);
    private static final NodeEvent ORDER = new NodeEvent.RequestPeerList();

    private final Mailbox mailbox = new Mailbox();

    private static SessionEvent of(ConnectionEvent event) {
        return new SessionEvent.FromConnection(0, event);
    }

    private static SessionEvent of(NodeEvent event) {
        return new SessionEvent.FromNode(event);
    }

    private static ConnectionEvent arrival(CountedFrame frame) {
        return new ConnectionEvent.FrameArrived(frame);
    }

    @Test
    void eventsComeOutInTheOrderInWhichTheyWentIn() throws Exception {
        NodeEvent expel = new NodeEvent.Expel("a reason");
        mailbox.post(ORDER);
        mailbox.tick();
        mailbox.post(0, END);
        mailbox.post(expel);

        assertThat(List.of(mailbox.take(), mailbox.take(), mailbox.take(), mailbox.take()))
                .containsExactly(of(ORDER), new SessionEvent.Tick(), of(END), of(expel));
    }

    @Test
    void atMostOneTickWaits() throws Exception {
        mailbox.tick();
        mailbox.tick();
        mailbox.post(0, END);

        assertThat(mailbox.take()).isEqualTo(new SessionEvent.Tick());
        assertThat(mailbox.take()).isEqualTo(of(END));
        mailbox.tick();
        assertThat(mailbox.take()).isEqualTo(new SessionEvent.Tick());
    }

    @Test
    void aThousandEventsOfTheNodeFit() throws Exception {
        IntStream.range(0, 1000).forEach(_ -> mailbox.post(ORDER));

        for (int i = 0; i < 1000; i++) {
            assertThat(mailbox.take()).isEqualTo(of(ORDER));
        }
    }

    @Test
    void whatIsTakenMakesRoom() throws Exception {
        IntStream.range(0, 1000).forEach(_ -> mailbox.post(ORDER));
        mailbox.take();
        mailbox.post(ORDER);

        for (int i = 0; i < 1000; i++) {
            assertThat(mailbox.take()).isEqualTo(of(ORDER));
        }
    }

    @Test
    void oneEventMoreEndsTheSessionBeforeItSeesTheRest() {
        IntStream.range(0, 1001).forEach(_ -> mailbox.post(ORDER));

        assertThatThrownBy(mailbox::take).isInstanceOf(OverflownException.class).hasMessageContaining("1000");
    }

    @Test
    void ticksAndTheConnectionTakeNoRoomFromTheNode() throws Exception {
        mailbox.tick();
        mailbox.post(0, END);
        IntStream.range(0, 1000).forEach(_ -> mailbox.post(ORDER));

        assertThat(mailbox.take()).isEqualTo(new SessionEvent.Tick());
        assertThat(mailbox.take()).isEqualTo(of(END));
        assertThat(mailbox.take()).isEqualTo(of(ORDER));
    }

    @Test
    void framesThatNobodyTookAreClosedAtTheEnd() {
        CountedFrame before = new CountedFrame();
        mailbox.post(0, arrival(before));
        mailbox.close();
        mailbox.close();

        assertThat(before.closed()).isEqualTo(1);
    }

    @Test
    void framesThatComeTooLateAreClosedAtOnce() {
        CountedFrame late = new CountedFrame();
        mailbox.close();
        mailbox.post(0, arrival(late));
        mailbox.post(0, END);
        mailbox.post(ORDER);
        mailbox.tick();

        assertThat(late.closed()).isEqualTo(1);
    }

    @Test
    void aFrameThatWasTakenIsItsTakersToClose() throws Exception {
        CountedFrame taken = new CountedFrame();
        mailbox.post(0, arrival(taken));

        assertThat(mailbox.take()).isEqualTo(of(arrival(taken)));
        mailbox.close();
        assertThat(taken.closed()).isZero();
    }

    @Test
    void whoWaitsIsWokenByAnEvent() throws Exception {
        CompletableFuture<SessionEvent> taken = new CompletableFuture<>();
        awaitWaiting(take(taken));
        mailbox.post(ORDER);

        assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo(of(ORDER));
    }

    @Test
    void whoWaitsIsWokenByAnInterrupt() throws Exception {
        CompletableFuture<SessionEvent> taken = new CompletableFuture<>();
        Thread waiting = take(taken);
        awaitWaiting(waiting);
        waiting.interrupt();

        assertThatThrownBy(() -> taken.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private Thread take(CompletableFuture<SessionEvent> into) {
        return Thread.ofVirtual().start(() -> {
            try {
                into.complete(mailbox.take());
            } catch (InterruptedException | OverflownException end) {
                into.completeExceptionally(end);
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        Await.until("the taker to wait", () -> thread.getState() == Thread.State.WAITING);
    }

    /** What many threads post is taken once each, in each one's order, or closed; nothing is lost and nobody hangs. */
    @Test
    void manyMayPostWhileOneTakesAndCloses() throws Exception {
        for (int round = 0; round < 50; round++) {
            postAndCloseInParallel(new Mailbox(), 4, 200);
        }
    }

    private static void postAndCloseInParallel(Mailbox shared, int posters, int framesEach) throws Exception {
        ConcurrentLinkedQueue<CountedFrame> posted = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int poster = 0; poster < posters; poster++) {
            threads.add(Thread.ofPlatform().start(() -> {
                awaitQuietly(start);
                for (int i = 0; i < framesEach; i++) {
                    CountedFrame frame = new CountedFrame();
                    posted.add(frame);
                    shared.post(0, arrival(frame));
                    shared.tick();
                    shared.post(ORDER);
                }
            }));
        }
        start.countDown();
        int frames = 0;
        int orders = 0;
        for (int i = 0; i < posters * framesEach; i++) {
            switch (shared.take()) {
                case SessionEvent.FromConnection(int _, ConnectionEvent.FrameArrived(var frame)) -> {
                    frame.close();
                    frames++;
                }
                case SessionEvent.FromConnection other -> throw new AssertionError("nobody posted " + other);
                case SessionEvent.FromNode _ -> orders++;
                case SessionEvent.Tick() -> {}
            }
        }
        shared.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(frames).isPositive();
        assertThat(orders).isPositive();
        assertThat(posted)
                .hasSize(posters * framesEach)
                .allSatisfy(frame -> assertThat(frame.closed()).isEqualTo(1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
