package proteus.adapters.rpc.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.browser.Browser;
import proteus.application.runtime.SecureRandomness;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * Measures what the dashboard costs with many peers: events and their bytes, the node's processor time without the fake node's, and
 * the time of the browser's main thread. See docs/performance.md.
 */
public final class DashboardLoad {

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final int SECONDS = 20;
    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    private DashboardLoad() {}

    /** Measures, for so many peers as the first argument says, all of which talk every second, and then a tenth of them. */
    public static void main(String[] args) throws Exception {
        int peers = Integer.parseInt(args[0]);
        FakeNode node = new FakeNode();
        Fleet fleet = new Fleet(node, peers, Instant.now());
        fleet.move(peers / 2);
        OUT.println(
                "| peers | talk each second | events/s | bytes of the first | bytes of a change | node, % of a core | "
                        + "main thread, ms/s | of it script | layout and style |");
        OUT.println("|---|---|---|---|---|---|---|---|---|");
        try (DashboardServer server = DashboardServer.start(
                        new DashboardSettings(ANY_PORT, "measured", ""),
                        DashboardLimits.DEFAULT,
                        node,
                        new SecureRandomness(),
                        InstantSource.system());
                Browser browser = Browser.open(1440, 1000)) {
            browser.resize(1440, 1000);
            browser.go("http://" + server.address() + "/");
            browser.await("document.querySelectorAll('#peers tbody tr').length === " + peers);
            Object _ = browser.cdp("Performance.enable", Map.of("timeDomain", "threadTicks"));
            for (int talking : List.of(peers, peers / 10)) {
                measure(server, browser, fleet, peers, talking);
            }
        }
    }

    /** What a second watcher, that counts, was told. */
    private static final class Counter implements AutoCloseable {

        private final HttpURLConnection connection;
        private final AtomicLong events = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long first;

        private Counter(PeerAddress at) throws IOException {
            connection = (HttpURLConnection)
                    URI.create("http://" + at + "/events").toURL().openConnection();
            Thread.ofVirtual().start(this::count);
        }

        private void count() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("data: ")) {
                        long length = line.getBytes(StandardCharsets.UTF_8).length;
                        if (first == 0) {
                            first = length;
                        } else {
                            events.incrementAndGet();
                            bytes.addAndGet(length);
                        }
                    }
                }
            } catch (IOException closed) {
                // The measurement is over.
            }
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    private static void measure(DashboardServer server, Browser browser, Fleet fleet, int peers, int talking)
            throws Exception {
        try (Counter counter = new Counter(server.address())) {
            long fleetTime = 0;
            // Warms up.
            for (int second = 0; second < 5; second++) {
                fleet.talk(talking);
                Thread.sleep(Duration.ofSeconds(1));
            }
            long events = counter.events.get();
            long bytes = counter.bytes.get();
            Map<?, ?> before = metrics(browser);
            long processor = processorTime();
            long began = System.nanoTime();
            for (int second = 0; second < SECONDS; second++) {
                long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                fleet.talk(talking);
                fleetTime += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own;
                Thread.sleep(Duration.ofSeconds(1));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double node = (processorTime() - processor - fleetTime) / 1e9 / seconds;
            Map<?, ?> after = metrics(browser);
            double told = counter.events.get() - events;
            OUT.printf(
                    "| %d | %d | %.2f | %,d | %,.0f | %.1f | %.1f | %.1f | %.1f |%n",
                    peers,
                    talking,
                    told / seconds,
                    counter.first,
                    (counter.bytes.get() - bytes) / told,
                    100 * node,
                    1000 * grown(before, after, "TaskDuration") / seconds,
                    1000 * grown(before, after, "ScriptDuration") / seconds,
                    1000
                            * (grown(before, after, "LayoutDuration") + grown(before, after, "RecalcStyleDuration"))
                            / seconds);
        }
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double grown(Map<?, ?> before, Map<?, ?> after, String name) {
        return metric(after, name) - metric(before, name);
    }

    private static double metric(Map<?, ?> metrics, String name) {
        return ((List<?>) Objects.requireNonNull(metrics.get("metrics")))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> name.equals(each.get("name")))
                        .mapToDouble(each -> (Double) Objects.requireNonNull(each.get("value")))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<?, ?> metrics(Browser browser) {
        return (Map<?, ?>) Objects.requireNonNull(browser.cdp("Performance.getMetrics", Map.of()));
    }
}
