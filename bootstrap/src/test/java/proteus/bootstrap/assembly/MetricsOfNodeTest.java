package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.Await;
import proteus.application.port.Carrier;
import proteus.domain.peer.PeerAddress;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What running nodes tell of themselves, and what is written of it in docs. */
@Timeout(120)
class MetricsOfNodeTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern NAME = Pattern.compile("\\b(?:proteus|jvm|process)_[a-z0-9_]+\\b");
    private static final long MEMORY = 64L << 20;

    @TempDir
    private Path directory;

    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = start("first");
    }

    private RunningNode start(String name, PeerAddress... peers) throws Exception {
        Path home = Files.createDirectory(directory.resolve(name));
        return TestNodes.start(
                TestNodes.withMetrics(TestNodes.configuration(home, TestNodes.places(10, peers), MEMORY)));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private record Answer(int status, String body) {}

    private static Answer get(RunningNode asked, String path) throws IOException {
        URI uri = URI.create("http://" + asked.metricsAddress().orElseThrow() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        boolean good = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(connection.getResponseCode(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Scrape scrape(RunningNode asked) throws IOException {
        Answer answer = get(asked, "/metrics");
        assertThat(answer.status()).isEqualTo(200);
        return Scrape.parse(answer.body());
    }

    @Test
    void aNodeWithoutPeersIsAliveAndNotReady() throws Exception {
        assertThat(get(node, "/health/live").status()).isEqualTo(200);
        assertThat(get(node, "/health/ready").status()).isEqualTo(503);
        assertThat(get(node, "/health/ready").body()).isEqualTo("not ready\nno peer is connected\n");
    }

    @Test
    void twoNodesTellOfEachOtherAndEachOfItself() throws Exception {
        PeerAddress address = node.node().listening().getFirst().address();
        try (RunningNode second = start("second", address)) {
            Await.until(
                    "both to be ready",
                    () -> node.node().peers().size() == 1
                            && second.node().peers().size() == 1);
            // Over libp2p two nodes of one height have nothing to say to one another.
            node.node().requestTips();
            Await.until(
                    "messages to have gone both ways",
                    () -> node.node().traffic().values().stream()
                            .anyMatch(traffic -> traffic.framesIn() > 0 && traffic.framesOut() > 0));

            assertThat(get(node, "/health/ready").body()).isEqualTo("ready\n");
            Scrape scrape = scrape(node);
            assertThat(peers(scrape, "inbound")).isEqualTo(1);
            assertThat(peers(scrape, "outbound")).isZero();
            assertThat(peers(scrape(second), "outbound")).isEqualTo(1);
            assertThat(sum(scrape, "proteus_sessions{")).isEqualTo(1);
            assertThat(sum(scrape, "proteus_received_bytes_total{")).isPositive();
            assertThat(sum(scrape, "proteus_sent_frames_total{")).isPositive();
            assertThat(scrape.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
            assertThat(scrape.value("process_open_fds")).isPositive();
            assertThat(scrape.value("proteus_store_calls_total{store=\"peers\"}"))
                    .isPositive();
            assertThat(scrape.value("proteus_store_records{store=\"chain\"}")).isPositive();
            assertThat(scrape.value("proteus_work_pool_threads")).isGreaterThanOrEqualTo(2);
            assertThat(scrape.value("proteus_inbound_memory_limit_bytes")).isEqualTo(MEMORY);
            assertThat(scrape.value("proteus_network_info{network=\"regtest\"}"))
                    .isEqualTo(1);
        }
        Await.until("the second to be gone", () -> node.node().peers().isEmpty());
        assertThat(peers(scrape(node), "inbound")).isZero();
        assertThat(sum(scrape(node), "proteus_received_bytes_total{")).isPositive();
    }

    @Test
    void theEngineTellsWhatComesToNothing() throws Exception {
        node.close();
        Path home = Files.createDirectory(directory.resolve("both"));
        node = TestNodes.start(
                TestNodes.withMetrics(TestNodes.onBothStacks(home, TestNodes.places(10), TestNodes.PLENTY)));
        PeerAddress libp2p = node.node().listening().stream()
                .filter(endpoint -> endpoint.carrier() == Carrier.LIBP2P_TCP)
                .findAny()
                .orElseThrow()
                .address();
        assertThat(sum(scrape(node), "proteus_libp2p_accept_failures_total{")).isZero();

        new Socket(libp2p.ip().toString(), libp2p.port()).close();

        Await.until("the remote that left to be counted", () -> {
            try {
                return sum(scrape(node), "proteus_libp2p_accept_failures_total{") == 1;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        Await.until("what it held to be given back", () -> {
            try {
                return sum(scrape(node), "proteus_libp2p_connections{") == 0;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static double peers(Scrape scrape, String direction) {
        return sum(scrape, "proteus_peers{direction=\"" + direction + "\"");
    }

    private static double sum(Scrape scrape, String start) {
        return scrape.samples().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(start))
                .mapToDouble(sample -> sample.getValue())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana-dashboard.json"})
    void whatIsWatchedIsThere(String file) throws Exception {
        Set<String> watched = namesIn(DOCS.resolve("monitoring").resolve(file));

        assertThat(watched).hasSizeGreaterThan(8);
        assertThat(scrape(node).names()).containsAll(watched);
    }

    @Test
    void thePageListsEveryMetricAndNoOther() throws Exception {
        Scrape scrape = scrape(node);
        Set<String> families = scrape.names().stream().map(scrape::family).collect(Collectors.toSet());

        assertThat(namesIn(DOCS.resolve("monitoring.md"))).containsExactlyInAnyOrderElementsOf(families);
    }

    @Test
    void theDashboardIsJson() throws Exception {
        String text = Files.readString(DOCS.resolve("monitoring").resolve("grafana-dashboard.json"));
        int tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        assertThat(tokens).isGreaterThan(100);
    }

    @Test
    void whatIsNotOfTheFormIsNoticed() {
        String good = "# HELP a A.\n# TYPE a gauge\na 1.0\n";
        assertThat(Scrape.parse(good).value("a")).isEqualTo(1);
        for (String bad : Set.of(
                "# TYPE a gauge\na 1.0\n",
                "# HELP a A.\na 1.0\n",
                "# HELP a A.\n# TYPE a gauge\nb 1.0\n",
                "# HELP a A.\n# TYPE a gauge\na 1.0\na 2.0\n",
                "# HELP a A.\n# TYPE a gauge\na{b=c} 1.0\n",
                "# HELP a A.\n# TYPE a gauge\na one\n",
                "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n",
                "# HELP a A.\n# TYPE a gauge\na 1.0")) {
            assertThatThrownBy(() -> Scrape.parse(bad))
                    .as(bad)
                    .isInstanceOfAny(AssertionError.class, NumberFormatException.class);
        }
    }

    private static Set<String> namesIn(Path file) throws IOException {
        return NAME.matcher(Files.readString(file))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
