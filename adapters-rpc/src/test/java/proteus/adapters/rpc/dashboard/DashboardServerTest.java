package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.http.HttpCaller;
import proteus.adapters.rpc.http.HttpLimits;
import proteus.application.contract.Await;
import proteus.application.runtime.SecureRandomness;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** What the dashboard serves, and to whom; with those who want more. */
@Timeout(60)
class DashboardServerTest {

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration PACE = Duration.ofMillis(10);
    private static final String LOCAL = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String DUAL = "{\"stage\":\"dual\",\"share\":40}";

    private final FakeNode node = new FakeNode();
    private DashboardServer server;
    private HttpCaller caller;

    @BeforeEach
    void start() throws IOException {
        HttpLimits http = DashboardLimits.DEFAULT.http();
        serve(new DashboardLimits(http, 4, PACE));
    }

    private void serve(DashboardLimits limits) throws IOException {
        server = DashboardServer.start(
                new DashboardSettings(ANY_PORT, "1.2", "abc"),
                limits,
                node,
                new SecureRandomness(),
                InstantSource.system());
        caller = new HttpCaller(server.address().port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token() {
        return server.link().replaceFirst(".*#token=", "");
    }

    private String get(String path, String fields) throws IOException {
        return caller.raw("GET " + path + " HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n");
    }

    private String post(String path, String fields, String body) throws IOException {
        return caller.raw("POST " + path + " HTTP/1.1\r\n" + fields + "Connection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private String exchange(String token) throws IOException {
        return post("/session", LOCAL + JSON, "{\"token\":\"" + token + "\"}");
    }

    private String session() throws IOException {
        return exchange(token()).replaceFirst("(?s).*\"session\":\"([^\"]+)\".*", "$1");
    }

    private String authorized() throws IOException {
        return LOCAL + JSON + "Authorization: Bearer " + session() + "\r\n";
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }

    private List<String> stagesSet() {
        return node.orders.stream().filter(order -> order.startsWith("set ")).toList();
    }

    @Test
    void everyAnswerHasTheFieldsThatKeepAPageToItself() throws Exception {
        List<String> answers = new ArrayList<>();
        for (String path : Asset.all().keySet()) {
            String answer = get(path, LOCAL);
            assertThat(status(answer)).as(path).isEqualTo(200);
            answers.add(answer);
        }
        answers.add(get("/nothing", LOCAL));
        answers.add(get("/", "Host: evil.example\r\n"));
        answers.add(post("/stage", LOCAL + JSON, DUAL));
        answers.add(get("/stage", LOCAL));
        for (String answer : answers) {
            assertThat(answer)
                    .contains(
                            "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                                    + "'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';",
                            "X-Content-Type-Options: nosniff\r\n",
                            "X-Frame-Options: DENY\r\n",
                            "Referrer-Policy: no-referrer\r\n",
                            "Cross-Origin-Opener-Policy: same-origin\r\n",
                            "Cross-Origin-Resource-Policy: same-origin\r\n",
                            "Cache-Control: no-store\r\n")
                    .doesNotContain("unsafe-inline", "Access-Control-Allow", "Set-Cookie");
        }
    }

    @Test
    void thePageIsWholeByItself() {
        Pattern elsewhere = Pattern.compile(
                "(?:https?:)?//(?!www\\.w3\\.org/2000/svg)[a-z0-9-]+\\.[a-z]", Pattern.CASE_INSENSITIVE);
        Asset.all().forEach((path, asset) -> {
            String text = new String(asset.bytes(), StandardCharsets.UTF_8);
            assertThat(elsewhere.matcher(text).results().map(found -> found.group()))
                    .as(path)
                    .isEmpty();
            assertThat(text)
                    .as(path)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "javascript:");
        });
        String page = new String(Asset.all().get("/").bytes(), StandardCharsets.UTF_8);
        assertThat(Pattern.compile("<style|<script>|\\son[a-z]+=|\\sstyle=")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../index.html",
                "/page/index.html",
                "/index.html",
                "//",
                "/..%2findex.html",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/dashboard.js/",
                "/dashboard.js%00.html",
                "/\\..\\index.html",
                "/dashboard.js/../../Asset.class",
                "dashboard.js",
                "http://127.0.0.1/dashboard.js",
                "*"
            })
    void whatIsNotListedIsNotThere(String path) throws Exception {
        assertThat(status(get(path, LOCAL))).isEqualTo(404);
    }

    @Test
    void aNameThatIsMadeToPointHereIsRefused() throws Exception {
        String rebound = "Host: evil.example:" + server.address().port() + "\r\n";
        for (String path : List.of("/", "/events", "/journal?peer=10.0.0.1:1", "/session", "/dashboard.js")) {
            assertThat(status(get(path, rebound))).as(path).isEqualTo(403);
            assertThat(status(get(path, ""))).as(path).isEqualTo(403);
        }
        String token = token();
        assertThat(status(post("/session", rebound + JSON, "{\"token\":\"" + token + "\"}")))
                .isEqualTo(403);
        // It was not even looked at.
        assertThat(status(exchange(token))).isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsCannotOrderAnythingEvenWithTheSecret() throws Exception {
        String authorized = authorized();
        for (String origin :
                List.of("http://evil.example", "null", "http://localhost:1", "https://localhost", "http://127.0.0.1")) {
            assertThat(status(post("/stage", authorized + "Origin: " + origin + "\r\n", DUAL)))
                    .as(origin)
                    .isEqualTo(403);
        }
        for (String site : List.of("cross-site", "same-site", "nonsense")) {
            assertThat(status(post("/stage", authorized + "Sec-Fetch-Site: " + site + "\r\n", DUAL)))
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(stagesSet()).isEmpty();
        assertThat(status(post(
                        "/stage", authorized + "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n", DUAL)))
                .isEqualTo(200);
        assertThat(stagesSet()).containsExactly("set dual 40, by order from the dashboard");
    }

    @Test
    void pagesOfOthersMayOpenThePageAndReadNothing() throws Exception {
        String foreign = LOCAL + "Sec-Fetch-Site: cross-site\r\n";
        String opening = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        assertThat(status(get("/", foreign + opening))).isEqualTo(200);
        assertThat(status(get("/", foreign + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n")))
                .isEqualTo(403);
        assertThat(status(get("/events", foreign + opening))).isEqualTo(403);
        assertThat(status(get("/dashboard.js", foreign + "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n")))
                .isEqualTo(403);
    }

    @Test
    void whoShowsNoSecretOrAWrongOneOrdersNothing() throws Exception {
        String token = token();
        for (String shown : List.of(
                "",
                "Authorization: Bearer \r\n",
                "Authorization: Bearer x\r\n",
                "Authorization: Bearer " + token + "\r\n",
                "Authorization: Basic " + token + "\r\n",
                "Cookie: session=" + session() + "\r\n")) {
            assertThat(status(post("/stage", LOCAL + JSON + shown, DUAL)))
                    .as(shown)
                    .isEqualTo(401);
        }
        assertThat(stagesSet()).isEmpty();
    }

    @Test
    void aTokenOpensOneSession() throws Exception {
        String token = token();
        assertThat(exchange(token)).contains("\"session\":\"");

        assertThat(status(exchange(token))).isEqualTo(401);
        assertThat(status(exchange(""))).isEqualTo(401);
        assertThat(status(exchange("A".repeat(43)))).isEqualTo(401);
    }

    @Test
    void thePageIsToldWhetherItMayOrder() throws Exception {
        assertThat(get("/session", authorized())).endsWith("{\"allowed\":true}");
        assertThat(get("/session", LOCAL)).endsWith("{\"allowed\":false}");
        assertThat(get("/session", LOCAL + "Authorization: Bearer " + token() + "\r\n"))
                .endsWith("{\"allowed\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                ""
            })
    void aFormOfAnotherPageIsNoOrder(String type) throws Exception {
        String fields = LOCAL + "Authorization: Bearer " + session() + "\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n");
        assertThat(status(post("/stage", fields, DUAL))).isEqualTo(415);
        assertThat(stagesSet()).isEmpty();
        String token = token();
        assertThat(status(post("/session", fields, "{\"token\":\"" + token + "\"}")))
                .isEqualTo(415);
        assertThat(status(exchange(token))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"stage\":\"dual\"}",
                "{\"stage\":\"dual\",\"share\":101}",
                "{\"stage\":\"dual\",\"share\":-1}",
                "{\"stage\":\"dual\",\"share\":\"40\"}",
                "{\"stage\":\"dual\",\"share\":4e1}",
                "{\"stage\":\"DUAL\",\"share\":40}",
                "{\"stage\":null,\"share\":40}",
                "{\"stage\":\"dual\",\"stage\":\"migrate\",\"share\":40}",
                "{\"stage\":\"dual\",\"share\":40} x"
            })
    void whatIsNoStageSetsNone(String body) throws Exception {
        assertThat(status(post("/stage", authorized(), body))).isEqualTo(400);
        assertThat(stagesSet()).isEmpty();
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        assertThat(status(post("/stage", authorized(), "[".repeat(1000)))).isEqualTo(400);
        assertThat(status(post("/stage", authorized(), "{\"a\":".repeat(200)))).isEqualTo(400);
    }

    @Test
    void anOrderThatIsLongIsNotRead() throws Exception {
        String authorized = authorized();
        assertThat(status(post("/stage", authorized, "x".repeat(2000)))).isEqualTo(413);
        assertThat(status(caller.raw("POST /stage HTTP/1.1\r\n" + authorized + "Content-Length: 99999999999\r\n\r\n")))
                .isEqualTo(413);
        assertThat(status(caller.raw(
                        "POST /stage HTTP/1.1\r\n" + authorized + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n")))
                .isEqualTo(413);
        assertThat(status(get("/?" + "x".repeat(5000), LOCAL))).isEqualTo(400);
        assertThat(status(get("/", LOCAL + "X: " + "x".repeat(1 << 15) + "\r\n")))
                .isEqualTo(431);
    }

    @Test
    void whatTheNodeCannotDoIsToldWithTheReason() throws Exception {
        node.migration.refusal = Optional.of("this build has <b>no</b> legacy stack");
        String refused = post("/stage", authorized(), DUAL);
        assertThat(status(refused)).isEqualTo(409);
        assertThat(refused).endsWith("{\"reason\":\"this build has <b>no</b> legacy stack\"}");

        node.migration.refusal = Optional.empty();
        node.migration.storeBroken = true;
        assertThat(status(post("/stage", authorized(), DUAL))).isEqualTo(503);
        assertThat(stagesSet()).isEmpty();
    }

    @Test
    void otherMethodsAreNotServed() throws Exception {
        assertThat(get("/stage", LOCAL)).startsWith("HTTP/1.1 405 ").contains("Allow: POST\r\n");
        assertThat(post("/events", LOCAL + JSON, ""))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET\r\n");
        assertThat(caller.raw("DELETE /session HTTP/1.1\r\n" + LOCAL + "\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, POST\r\n");
        assertThat(caller.raw("OPTIONS /stage HTTP/1.1\r\n" + LOCAL + "Origin: http://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void theJournalOfAPeerIsAskedForByItsKey() throws Exception {
        assertThat(get("/journal?peer=10.0.0.7%3A9798", LOCAL))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("[]");
        for (String bad : List.of("", "?peer=", "?peer=%zz", "?peer=../..", "?x=10.0.0.7:9798")) {
            assertThat(status(get("/journal" + bad, LOCAL))).as(bad).isEqualTo(400);
        }
    }

    @Test
    void aLinkStaysUntilItIsUsed() throws Exception {
        String link = server.link("");
        assertThat(link).startsWith("http://" + server.address() + "/#token=");
        assertThat(server.link(link)).isEqualTo(link);

        assertThat(status(exchange(link.replaceFirst(".*#token=", "")))).isEqualTo(200);

        assertThat(server.link(link)).isNotEqualTo(link).isNotEmpty();
    }

    /** A browser that watches. */
    private final class Watcher implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        private Watcher() throws IOException {
            socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.address().port());
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\n" + LOCAL + "\r\n").getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        private String status() throws IOException {
            return Optional.ofNullable(in.readLine()).orElse("");
        }

        /** The next line that begins so; empty at the end. */
        private Optional<String> line(String start) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(start)) {
                    return Optional.of(line);
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void whoWatchesIsToldAllAndThenEveryChange() throws Exception {
        try (Watcher watcher = new Watcher()) {
            assertThat(watcher.status()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(watcher.line("Content-Type")).contains("Content-Type: text/event-stream");
            assertThat(watcher.line("event: ")).contains("event: whole");
            assertThat(watcher.line("data: ").orElseThrow()).contains("\"version\":\"1.2\"", "\"network\":\"regtest\"");
            Fleet _ = new Fleet(node, 3, Instant.now());
            assertThat(watcher.line("event: ")).contains("event: change");
            while (!watcher.line("data: ").orElseThrow().contains("\"address\":")) {
                // Until the change is told.
            }
        }
    }

    @Test
    void whatPeersSayCannotEndAnEventOrBeginOne() throws Exception {
        Fleet fleet = new Fleet(node, 1, Instant.now());
        fleet.say("\n\nevent: whole\r\ndata: {}\u2028</script><img src=x onerror=alert(1)>");
        try (Watcher watcher = new Watcher()) {
            assertThat(watcher.line("data: ").orElseThrow())
                    .contains(
                            "\"agent\":\"\\n\\nevent: whole\\r\\ndata: {}\u2028</script><img src=x onerror=alert(1)>\"")
                    .endsWith("}");
            assertThat(watcher.line("").orElseThrow()).isEmpty();
            assertThat(watcher.line("event: ")).contains("event: change");
        }
    }

    @Test
    void tooManyWatchersAreRefusedAndWhoLeavesMakesRoom() throws Exception {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Watcher watcher = new Watcher();
            assertThat(watcher.line("event: ")).isPresent();
            watchers.add(watcher);
        }
        assertThat(get("/events", LOCAL)).startsWith("HTTP/1.1 503 ");
        watchers.getFirst().close();

        Await.until("room for another", () -> {
            try (Watcher next = new Watcher()) {
                return next.status().endsWith("200 OK");
            } catch (IOException refused) {
                return false;
            }
        });
        for (Watcher watcher : watchers) {
            watcher.close();
        }
    }

    @Test
    void aBrowserThatNeverReadsIsClosedAndCostsOthersNothing() throws Exception {
        server.close();
        HttpLimits usual = DashboardLimits.DEFAULT.http();
        serve(new DashboardLimits(
                new HttpLimits(usual.maxRead(), usual.maxConnections(), usual.head(), usual.body(), SOON, SOON),
                2,
                PACE));
        Fleet fleet = new Fleet(node, 200, Instant.now());
        try (Watcher deaf = new Watcher();
                Watcher other = new Watcher()) {
            assertThat(other.line("event: ")).isPresent();
            // Until the deaf one's socket is full, it is closed, and there is a place again.
            Await.until("the place of the deaf one to be free", () -> {
                fleet.talk(200);
                try {
                    assertThat(other.line("event: ")).isPresent();
                    try (Watcher next = new Watcher()) {
                        return next.status().endsWith("200 OK");
                    }
                } catch (IOException gone) {
                    throw new AssertionError("the other was closed", gone);
                }
            });
            assertThat(deaf.socket.isClosed()).isFalse();
            assertThat(other.line("data: ")).isPresent();
        }
    }

    @Test
    void aHeadThatNeverEndsIsClosed() throws Exception {
        server.close();
        HttpLimits usual = DashboardLimits.DEFAULT.http();
        serve(new DashboardLimits(
                new HttpLimits(usual.maxRead(), usual.maxConnections(), SOON, SOON, usual.write(), SOON), 2, PACE));

        assertThat(caller.raw("GET / HTTP/1.1\r\nHost: loc")).isEmpty();
        assertThat(caller.raw("POST /stage HTTP/1.1\r\n" + LOCAL + JSON + "Content-Length: 10\r\n\r\n{"))
                .isEmpty();
        assertThat(status(get("/", LOCAL))).isEqualTo(200);
    }

    @Test
    void itsEndEndsAllStreamsAtOnce() throws Exception {
        try (Watcher watcher = new Watcher()) {
            assertThat(watcher.line("event: ")).isPresent();
            long began = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(watcher.line("never")).isEmpty();
        }
    }

    @Test
    void itIsServedOnLoopbackAlone() {
        for (String ip : List.of("0.0.0.0", "10.0.0.1", "::", "fe80::1", "::ffff:10.0.0.1")) {
            IpAddress address = IpAddress.parse(ip).orElseThrow();
            assertThat(DashboardSettings.isLoopback(address)).as(ip).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DashboardSettings(new PeerAddress(address, 1), "", ""));
        }
        for (String ip : List.of("127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1")) {
            assertThat(DashboardSettings.isLoopback(IpAddress.parse(ip).orElseThrow()))
                    .as(ip)
                    .isTrue();
        }
    }

    @Test
    void theLinkKeepsItsTokenBehindTheHash() {
        assertThat(server.link().toLowerCase(Locale.ROOT)).startsWith("http://" + server.address() + "/#token=");
        assertThat(server.link()).isNotEqualTo(server.link());
    }
}
