package proteus.adapters.rpc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.http.HttpCaller;
import proteus.adapters.rpc.http.HttpLimits;
import proteus.application.port.ComparisonControl;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;
import proteus.application.port.MigrationControl;
import proteus.application.port.MoveOutcome;
import proteus.application.port.MoveTallies;
import proteus.application.port.MoveTallies.Gaps;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.domain.comparison.Buckets;
import proteus.domain.comparison.Histogram;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

@Timeout(60)
class MetricsServerTest {

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String SCRAPE = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final FakeNode node = new FakeNode();
    private volatile Instrument instrument = List::of;
    private MetricsServer server;
    private HttpCaller caller;

    @BeforeEach
    void start() throws IOException {
        serve(HttpLimits.upTo(0));
    }

    private void serve(HttpLimits limits) throws IOException {
        server = MetricsServer.start(
                new MetricsSettings(ANY_PORT, "1.2 \"x\"", "abc"),
                limits,
                node,
                List.of(() -> instrument.measurements()));
        caller = new HttpCaller(server.address().port());
    }

    private void serveAgain(HttpLimits limits) throws IOException {
        server.close();
        serve(limits);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> scrape() throws IOException {
        HttpCaller.Response answer = caller.send("GET", "/metrics", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).contains("text/plain; version=0.0.4; charset=utf-8");
        return answer.body().lines().toList();
    }

    @Test
    void theNodeIsTold() throws Exception {
        node.traffic = Map.of(Stack.LIBP2P, new Traffic(1, 20, 3, 40));

        assertThat(scrape())
                .contains(
                        "# TYPE proteus_build_info gauge",
                        "proteus_build_info{commit=\"abc\",version=\"1.2 \\\"x\\\"\"} 1",
                        "proteus_network_info{network=\"regtest\"} 1",
                        "# TYPE proteus_block_height gauge",
                        "proteus_block_height 0.0",
                        "proteus_frozen 0.0",
                        "proteus_known_addresses 3.0",
                        "proteus_banned_addresses 2.0",
                        "proteus_peer_store_readable 1.0",
                        "proteus_peers{direction=\"inbound\",stack=\"legacy\",transport=\"tcp\"} 0.0",
                        "proteus_peers{direction=\"outbound\",stack=\"libp2p\",transport=\"quic\"} 0.0",
                        "proteus_contested_connections_total 4.0",
                        "# TYPE proteus_received_bytes_total counter",
                        "proteus_received_bytes_total{stack=\"legacy\"} 0.0",
                        "proteus_received_bytes_total{stack=\"libp2p\"} 20.0",
                        "proteus_sent_bytes_total{stack=\"libp2p\"} 40.0",
                        "proteus_received_frames_total{stack=\"libp2p\"} 1.0",
                        "proteus_sent_frames_total{stack=\"libp2p\"} 3.0",
                        "proteus_sync_state{state=\"unknown\"} 1.0",
                        "proteus_sync_state{state=\"synced\"} 0.0");
    }

    @Test
    void partsOfTheNodeTellOfThemselves() throws Exception {
        instrument = () -> List.of(
                Measurement.counter("proteus_things", "Things.", "kind", "good", 3),
                Measurement.gauge("proteus_level_bytes", "A level.", 7),
                Measurement.counter("proteus_things", "Things.", "kind", "bad", 4));

        assertThat(scrape())
                .contains(
                        "# TYPE proteus_things_total counter",
                        "proteus_things_total{kind=\"good\"} 3.0",
                        "proteus_things_total{kind=\"bad\"} 4.0",
                        "# TYPE proteus_level_bytes gauge",
                        "proteus_level_bytes 7.0");
    }

    @Test
    void aPartThatCannotTellDoesNotSilenceTheOthers() throws Exception {
        instrument = () -> {
            throw new StoreException(StoreException.Store.CHAIN, StoreException.Reason.IO, "the disk is full");
        };

        assertThat(scrape()).contains("proteus_block_height 0.0").noneMatch(line -> line.contains("proteus_things"));
    }

    @Test
    void aShortAnswerHasItsLength() throws Exception {
        String answer = caller.raw("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);

        assertThat(head)
                .contains("\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length)
                .doesNotContain("Transfer-Encoding");
        assertThat(body).startsWith("# ");
    }

    @Test
    void aSyncIsTold() throws Exception {
        node.syncStatus = new SyncStatus.Syncing(120, 300, 12.5, 2, Optional.empty());

        assertThat(scrape())
                .contains(
                        "proteus_sync_state{state=\"syncing\"} 1.0",
                        "proteus_sync_height 120.0",
                        "proteus_sync_target_height 300.0",
                        "proteus_sync_blocks_per_second 12.5",
                        "proteus_sync_peers 2.0");
    }

    @Test
    void bothStacksAreToldSideBySide() throws Exception {
        Histogram roundTrip = new Histogram(Buckets.TIMES);
        roundTrip.record(0.0001);
        roundTrip.record(0.0003);
        roundTrip.record(1000);
        node.comparison.stacks.put(
                Stack.LIBP2P,
                new StackFigures(
                        roundTrip.snapshot(),
                        Histogram.empty(Buckets.TIMES),
                        Histogram.empty(Buckets.SESSIONS),
                        Histogram.empty(Buckets.RATES),
                        Traffic.NONE,
                        Map.of(EndCause.BROKEN, 3L)));
        node.comparison.guard =
                new ComparisonControl.Guard(true, "good", 2, Optional.of(Instant.ofEpochSecond(1_800_000_000)));

        List<String> scrape = scrape();

        assertThat(scrape)
                .contains(
                        "# TYPE proteus_round_trip_seconds histogram",
                        "proteus_round_trip_seconds_bucket{stack=\"libp2p\",le=\"1.0E-4\"} 1",
                        "proteus_round_trip_seconds_bucket{stack=\"libp2p\",le=\"2.0E-4\"} 1",
                        "proteus_round_trip_seconds_bucket{stack=\"libp2p\",le=\"4.0E-4\"} 2",
                        "proteus_round_trip_seconds_bucket{stack=\"libp2p\",le=\"+Inf\"} 3",
                        "proteus_round_trip_seconds_count{stack=\"libp2p\"} 3",
                        "proteus_session_ends_total{cause=\"broken\",stack=\"libp2p\"} 3.0",
                        "proteus_session_ends_total{cause=\"moved\",stack=\"legacy\"} 0.0",
                        "proteus_guard_on 1.0",
                        "proteus_guard_taken_back_total 2.0",
                        "proteus_guard_node_taken_back_timestamp_seconds 1.8E9");
        assertThat(scrape.stream()
                        .filter(line -> line.startsWith("proteus_round_trip_seconds_bucket{stack=\"libp2p\"")))
                .hasSizeBetween(15, 25);
    }

    @Test
    void countersThatAreFullAreTold() throws Exception {
        Histogram full = new Histogram(Buckets.TIMES);
        full.record(0.001, Long.MAX_VALUE);
        full.record(0.0011, Long.MAX_VALUE);
        node.comparison.stacks.put(
                Stack.LEGACY,
                new StackFigures(
                        full.snapshot(),
                        Histogram.empty(Buckets.TIMES),
                        Histogram.empty(Buckets.SESSIONS),
                        Histogram.empty(Buckets.RATES),
                        Traffic.NONE,
                        Map.of(EndCause.PEER, Long.MAX_VALUE)));

        assertThat(scrape())
                .contains("proteus_round_trip_seconds_bucket{stack=\"legacy\",le=\"0.0016\"} " + Long.MAX_VALUE);
    }

    @Test
    void theMigrationIsTold() throws Exception {
        List<Long> counts = new ArrayList<>(Collections.nCopies(Gaps.BOUNDS.size() + 1, 0L));
        counts.set(0, 5L);
        counts.set(2, 1L);
        counts.set(Gaps.BOUNDS.size(), 1L);
        node.migration.tallies = new MoveTallies(
                Map.of(Stack.LIBP2P, Map.of(MoveOutcome.SETTLED, 7L)),
                Map.of(Stack.LIBP2P, new Gaps(counts, Duration.ofMillis(61_250))));
        node.migration.status = new MigrationControl.Status(
                new Rollout(Stage.MIGRATE, 25), false, Map.of(Stack.LEGACY, 3, Stack.LIBP2P, 4), 2, 1, List.of());

        assertThat(scrape())
                .contains(
                        "proteus_migration_stage{stage=\"migrate\"} 1.0",
                        "proteus_migration_stage{stage=\"dual\"} 0.0",
                        "proteus_migration_share_ratio 0.25",
                        "proteus_migration_custom 0.0",
                        "proteus_sessions{stack=\"legacy\"} 3.0",
                        "proteus_sessions{stack=\"libp2p\"} 4.0",
                        "proteus_sessions_moved 2.0",
                        "proteus_sessions_moving 1.0",
                        "proteus_cutovers_total{outcome=\"settled\",to=\"libp2p\"} 7.0",
                        "proteus_cutovers_total{outcome=\"lost\",to=\"legacy\"} 0.0",
                        "# TYPE proteus_cutover_gap_seconds histogram",
                        "proteus_cutover_gap_seconds_bucket{to=\"libp2p\",le=\"0.001\"} 5",
                        "proteus_cutover_gap_seconds_bucket{to=\"libp2p\",le=\"0.005\"} 5",
                        "proteus_cutover_gap_seconds_bucket{to=\"libp2p\",le=\"0.01\"} 6",
                        "proteus_cutover_gap_seconds_bucket{to=\"libp2p\",le=\"30.0\"} 6",
                        "proteus_cutover_gap_seconds_bucket{to=\"libp2p\",le=\"+Inf\"} 7",
                        "proteus_cutover_gap_seconds_count{to=\"libp2p\"} 7",
                        "proteus_cutover_gap_seconds_sum{to=\"libp2p\"} 61.25",
                        "proteus_cutover_gap_seconds_count{to=\"legacy\"} 0");
    }

    @Test
    void theProcessIsTold() throws Exception {
        assertThat(scrape())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                .anyMatch(line -> line.startsWith("jvm_buffer_pool_used_bytes{pool=\"direct\"} "))
                .anyMatch(line -> line.startsWith("jvm_threads_current "))
                .anyMatch(line -> line.startsWith("jvm_gc_collection_seconds_sum{gc="))
                .anyMatch(line -> line.startsWith("process_uptime_seconds "));
    }

    @Test
    void aStoreThatFailsCostsOnlyWhatItHolds() throws Exception {
        node.storeBroken = true;

        assertThat(scrape())
                .contains("proteus_peer_store_readable 0.0", "proteus_block_height 0.0")
                .noneMatch(line -> line.contains("proteus_banned_addresses"));
    }

    @Test
    void aNodeThatAnswersIsAlive() throws Exception {
        assertThat(caller.send("GET", "/health/live", "").status()).isEqualTo(200);
        assertThat(caller.send("GET", "/health/live?a=b", "").body()).isEqualTo("alive\n");
    }

    @Test
    void aNodeIsReadyWithAPeerThatItIsNotFarBehind() throws Exception {
        node.peers = List.of(Peers.ofLegacy());
        for (SyncStatus fine : List.of(
                new SyncStatus.Unknown(),
                new SyncStatus.Challenging(1),
                new SyncStatus.Synced(),
                new SyncStatus.Syncing(290, 300, 1, 1, Optional.empty()))) {
            node.syncStatus = fine;

            HttpCaller.Response answer = caller.send("GET", "/health/ready", "");

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ready\n");
        }
        assertThat(scrape())
                .contains(
                        "proteus_peers{direction=\"outbound\",stack=\"legacy\",transport=\"tcp\"} 1.0",
                        "proteus_contested_peers 1.0",
                        "proteus_peers_with_libp2p 0.0");
    }

    @Test
    void whyANodeIsNotReadyIsToldInFull() throws Exception {
        node.listenAddress = Optional.empty();
        node.syncStatus = new SyncStatus.Syncing(289, 300, 1, 1, Optional.empty());

        HttpCaller.Response answer = caller.send("GET", "/health/ready", "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).contains("text/plain; charset=utf-8");
        assertThat(answer.body())
                .isEqualTo("not ready\nno peer is connected, and this node listens nowhere\n"
                        + "it is 11 blocks behind, at 289 of 300\n");
    }

    @Test
    void whatIsNotServedGetsAClearError() throws Exception {
        String hint = "Served here: GET /metrics, GET /health/live, GET /health/ready\n";

        assertThat(caller.send("GET", "/", ""))
                .isEqualTo(
                        new HttpCaller.Response(404, Optional.of("text/plain; charset=utf-8"), Optional.empty(), hint));
        assertThat(caller.send("GET", "/metrics/", "").status()).isEqualTo(404);
        assertThat(caller.send("POST", "/metrics", "{}"))
                .isEqualTo(new HttpCaller.Response(
                        405, Optional.of("text/plain; charset=utf-8"), Optional.of("GET"), hint));
        assertThat(caller.send("DELETE", "/health/live", "").status()).isEqualTo(405);
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(caller.raw(
                        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(caller.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(node.orders).isEmpty();
    }

    @Test
    void pagesOfOthersAreKeptAway() throws Exception {
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: example.com\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: http://example.com\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: example.com\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aHugeHeadIsRefused() throws Exception {
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(caller.raw("GET /metrics HTTP/1.1\r\n" + "A: b\r\n".repeat(1 << 15) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
        scrape();
    }

    @Test
    void aClientThatNeverReadsIsClosed() throws Exception {
        HttpLimits usual = HttpLimits.upTo(0);
        serveAgain(new HttpLimits(0, usual.maxConnections(), usual.head(), usual.body(), SOON, SOON));

        try (Socket deaf =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            OutputStream out = deaf.getOutputStream();
            byte[] scrapes = SCRAPE.repeat(100).getBytes(StandardCharsets.US_ASCII);
            // Ends when the server closes; until then its answers fill the socket and it waits.
            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(scrapes);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        scrape();
    }

    @Test
    void aClientThatNeverEndsItsHeadIsClosed() throws Exception {
        HttpLimits usual = HttpLimits.upTo(0);
        serveAgain(new HttpLimits(0, usual.maxConnections(), SOON, usual.body(), usual.write(), usual.leave()));

        assertThat(caller.raw("GET /metrics HTTP/1.1\r\nHost: loc")).isEmpty();
    }

    @Test
    void aHeadThatComesByteAfterByteIsNotWaitedForAnyLonger() throws Exception {
        HttpLimits usual = HttpLimits.upTo(0);
        serveAgain(new HttpLimits(0, usual.maxConnections(), SOON, usual.body(), usual.write(), usual.leave()));

        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            slow.setSoTimeout(20);
            // A head of 16 KiB takes five minutes at this pace, so what ends it is the time for it.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1 << 14; i++) {
                            slow.getOutputStream().write(i == 0 ? 'G' : 'E');
                            requireSilence(slow);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        scrape();
    }

    /** Waits for the time-out of the socket; fails if it is closed before. */
    private static void requireSilence(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("closed");
            }
        } catch (SocketTimeoutException silence) {
            assertThat(silence.bytesTransferred).isZero();
        }
    }

    @Test
    void theirPlacesAreFreeAgainWhenSilentClientsAreClosed() throws Exception {
        HttpLimits usual = HttpLimits.upTo(0);
        serveAgain(new HttpLimits(0, 4, SOON, usual.body(), usual.write(), usual.leave()));
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                silent.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.address().port()));
            }
            for (Socket first : silent.subList(0, 4)) {
                assertThat(first.getInputStream().read()).isNegative();
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }

        // A place is free a moment after its connection is closed.
        long start = System.nanoTime();
        int status = 503;
        while (status == 503
                && System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
            status = caller.send("GET", "/metrics", "").status();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void requestsThatAreSentAheadAreAnsweredOneAfterTheOther() throws Exception {
        String all = caller.raw(SCRAPE.repeat(49) + SCRAPE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(all.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(51);
    }

    @Test
    void whatPeersSayOfThemselvesMakesNoMoreMetrics() throws Exception {
        node.peers = List.of(Peers.ofLegacy());
        int few = scrape().size();

        node.peers = IntStream.range(0, 500)
                .mapToObj(i -> Peers.saying(i + "\"} 1\nproteus_frozen 9", i))
                .toList();
        List<String> scrape = scrape();

        assertThat(scrape)
                .hasSize(few)
                .contains(
                        "proteus_peers{direction=\"outbound\",stack=\"legacy\",transport=\"tcp\"} 500.0",
                        "proteus_frozen 0.0")
                .noneMatch(line -> line.equals("proteus_frozen 9"));
    }

    @Test
    void tooManyConnectionsAreRefused() throws Exception {
        HttpLimits usual = HttpLimits.upTo(0);
        serveAgain(new HttpLimits(0, 1, usual.head(), usual.body(), usual.write(), usual.leave()));
        try (Socket idle =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            idle.getOutputStream().write(SCRAPE.getBytes(StandardCharsets.US_ASCII));
            // The answer has begun, so the place is taken.
            assertThat(idle.getInputStream().read()).isEqualTo('H');

            assertThat(caller.raw("")).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThatThrownBy(() -> MetricsServer.start(new MetricsSettings(server.address(), "", ""), node, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen for metrics on " + server.address());
    }
}
