package proteus.adapters.libp2p.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.limits.Direction;

final class EngineListenerTest {

    private static final EngineEvent DIAL = new ConnectionEvent.DialBegun(1, "/ip4/192.0.2.1/tcp/9801");
    private static final EngineEvent OPENED = new StreamEvent.Opened(1, "/ping/1.0.0", Direction.INBOUND);
    private static final EngineEvent RESET = new StreamEvent.Reset(1, "/ping/1.0.0", Direction.INBOUND, true);

    private final RecordingLog log = new RecordingLog();
    private final CountingListener counts = new CountingListener();

    @Test
    void theGuardLetsNoExceptionPassAndLogsTheFirstOfEachKind() {
        EngineListener guarded = new GuardedListener(new Failing(new IllegalStateException("mine")), log);

        guarded.on(DIAL);
        guarded.on(DIAL);
        guarded.on(OPENED);
        guarded.transferred(7, 1, 2);
        guarded.transferred(8, 1, 2);

        assertThat(log.lines()).hasSize(3).allSatisfy(line -> {
            assertThat(line.level()).isEqualTo(System.Logger.Level.ERROR);
            assertThat(line.thrown()).hasMessage("mine");
        });
        assertThat(log.lines().getFirst().text()).contains("Failing").contains("event DialBegun");
        assertThat(log.lines().getLast().text()).contains("bytes of connection 7");
    }

    @Test
    void theGuardPassesOnWhatItIsTold() {
        EngineListener guarded = new GuardedListener(counts, log);

        guarded.on(DIAL);
        guarded.transferred(1, 2, 3);

        assertThat(counts.count(ConnectionEvent.DialBegun.class)).isEqualTo(1);
        assertThat(counts.bytesRead()).isEqualTo(2);
        assertThat(counts.bytesWritten()).isEqualTo(3);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void theGuardDoesNotHideAnError() {
        EngineListener guarded = new GuardedListener(
                event -> {
                    throw new AssertionError("not to be hidden");
                },
                log);

        assertThatThrownBy(() -> guarded.on(DIAL)).isInstanceOf(AssertionError.class);
    }

    @Test
    void eachOfTheCombinedIsToldInOrder() {
        List<String> heard = new ArrayList<>();
        EngineListener combined = EngineListener.combined(
                List.of(event -> heard.add("first " + event), counts, event -> heard.add("last " + event)));

        combined.on(RESET);
        combined.transferred(1, 5, 6);

        assertThat(heard).containsExactly("first " + RESET, "last " + RESET);
        assertThat(counts.count(StreamEvent.Reset.class)).isEqualTo(1);
        assertThat(counts.bytesWritten()).isEqualTo(6);
    }

    @Test
    void oneThatFailsBehindItsGuardKeepsNothingFromTheOthers() {
        EngineListener combined = EngineListener.combined(
                List.of(new GuardedListener(new Failing(new IllegalStateException("mine")), log), counts));

        combined.on(DIAL);
        combined.transferred(1, 1, 1);

        assertThat(counts.count(EngineEvent.class)).isEqualTo(1);
        assertThat(counts.bytesRead()).isEqualTo(1);
    }

    @Test
    void kindsAndGroupsOfKindsAreCounted() {
        counts.on(DIAL);
        counts.on(OPENED);
        counts.on(OPENED);
        counts.on(RESET);

        assertThat(counts.count(StreamEvent.Opened.class)).isEqualTo(2);
        assertThat(counts.count(StreamEvent.class)).isEqualTo(3);
        assertThat(counts.count(EngineEvent.class)).isEqualTo(4);
        assertThat(counts.count(ResourceEvent.class)).isZero();
        assertThat(counts.snapshot())
                .isEqualTo(Map.of(
                        ConnectionEvent.DialBegun.class, 1L,
                        StreamEvent.Opened.class, 2L,
                        StreamEvent.Reset.class, 1L));
    }

    @Test
    void nothingIsLostWhenManyThreadsTell() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> tellers = new ArrayList<>();
            for (int teller = 0; teller < 4; teller++) {
                tellers.add(threads.submit(() -> {
                    for (int event = 0; event < 10_000; event++) {
                        counts.on(event % 2 == 0 ? DIAL : OPENED);
                        counts.transferred(1, 1, 3);
                    }
                }));
            }
            for (Future<?> teller : tellers) {
                teller.get();
            }
        }

        assertThat(counts.count(ConnectionEvent.DialBegun.class)).isEqualTo(20_000);
        assertThat(counts.count(StreamEvent.Opened.class)).isEqualTo(20_000);
        assertThat(counts.bytesRead()).isEqualTo(40_000);
        assertThat(counts.bytesWritten()).isEqualTo(120_000);
    }

    /** Throws whatever it is told. */
    private record Failing(RuntimeException fault) implements EngineListener {

        @Override
        public void on(EngineEvent event) {
            throw fault;
        }

        @Override
        public void transferred(long connection, long read, long written) {
            throw fault;
        }
    }
}
