package proteus.bootstrap.measure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import proteus.application.contract.Await;
import proteus.application.port.PeerConnection.Traffic;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;

/**
 * What 1,000 messages a second cost two nodes in one process, and what it costs on top to scrape the metrics of one of them
 * every second, which is fifteen times as often as usual.
 */
public final class MetricsCost {

    private static final int REQUESTS_A_SECOND = 500;
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final int ROUNDS = 3;

    private final RunningNode node;

    private MetricsCost(RunningNode node) {
        this.node = node;
    }

    /** Measures, and prints what it saw. */
    public static void main(String... arguments) throws Exception {
        Path directory = Files.createTempDirectory("proteus-measure");
        Path one = Files.createDirectory(directory.resolve("one"));
        Path other = Files.createDirectory(directory.resolve("other"));
        try (RunningNode node = TestNodes.start(
                        TestNodes.withMetrics(TestNodes.configuration(one, TestNodes.places(10), 64L << 20)));
                RunningNode peer = TestNodes.start(TestNodes.configuration(
                        other,
                        TestNodes.places(10, node.node().listening().getFirst().address()),
                        64L << 20))) {
            Await.until(
                    "the two to be connected",
                    () -> !node.node().peers().isEmpty() && !peer.node().peers().isEmpty());
            MetricsCost cost = new MetricsCost(node);
            cost.phase(REQUESTS_A_SECOND, true);
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.printf("round %d: idle %s%n", round, cost.phase(0, false));
                System.out.printf("round %d: messages %s%n", round, cost.phase(REQUESTS_A_SECOND, false));
                System.out.printf("round %d: messages and scrapes %s%n", round, cost.phase(REQUESTS_A_SECOND, true));
            }
        }
    }

    private String phase(int requestsASecond, boolean scrapes) throws IOException {
        long frames = frames();
        Duration cpu = cpu();
        long began = System.nanoTime();
        long scraping = 0;
        int scraped = 0;
        long step = TimeUnit.SECONDS.toNanos(1) / Math.max(1, requestsASecond);
        for (long due = 0; due < PHASE.toNanos(); due += step) {
            LockSupport.parkNanos(Math.max(1, began + due - System.nanoTime()));
            if (requestsASecond > 0) {
                node.node().requestTips();
            }
            if (scrapes && due / TimeUnit.SECONDS.toNanos(1) >= scraped) {
                long before = System.nanoTime();
                scrape();
                scraping += System.nanoTime() - before;
                scraped++;
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(
                "%.0f messages/s, %.2f %% of a core; %d scrapes of %.1f ms",
                (frames() - frames) / seconds,
                100 * cpu().minus(cpu).toNanos() / 1e9 / seconds,
                scraped,
                scraped == 0 ? 0 : scraping / 1e6 / scraped);
    }

    private long frames() {
        return node.node().traffic().values().stream()
                .mapToLong(MetricsCost::frames)
                .sum();
    }

    private static long frames(Traffic traffic) {
        return traffic.framesIn() + traffic.framesOut();
    }

    private void scrape() throws IOException {
        URI uri = URI.create("http://" + node.metricsAddress().orElseThrow() + "/metrics");
        try (InputStream in = uri.toURL().openStream()) {
            in.readAllBytes();
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
