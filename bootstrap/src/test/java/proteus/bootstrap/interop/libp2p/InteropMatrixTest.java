package proteus.bootstrap.interop.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every implementation with Proteus, both ways, over every link. With the profile interop-rust also rust-libp2p, and the
 * others among themselves, which shows that a failure with Proteus is not that of the other program.
 */
@Tag("distribution")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
final class InteropMatrixTest {

    private static final String PROTEUS = "proteus";
    private static final boolean WITH_RUST = Boolean.getBoolean("proteus.interop.rust");
    private static final String ANOTHER_ID = "12D3KooWKqZqDLJa5Uz5VWCscTzLMiihWTkbS8ongUcJ1d6jXQEe";

    private final Map<String, Availability> peers = new LinkedHashMap<>();
    private final Map<Listener, Listening> listeners = new LinkedHashMap<>();
    private final MatrixReport report = MatrixReport.asAsked();

    /** Which listener; there is one of each. */
    private record Listener(String peer, Link link) {}

    @BeforeAll
    @Timeout(3600)
    void build() throws Exception {
        ForeignPeers foreign = new ForeignPeers();
        // First: it starts the log, which must not be asked for by another thread meanwhile.
        peers.put(PROTEUS, ProteusPeer.find());
        // The one takes the processor, the other the network.
        FutureTask<Availability> js = new FutureTask<>(foreign::js);
        Thread.ofPlatform().name("js-peer").start(js);
        peers.put("go", foreign.go());
        peers.put("js", js.get());
        if (WITH_RUST) {
            peers.put("rust", foreign.rust());
        }
    }

    @AfterAll
    void end() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        for (Listening listener : listeners.values()) {
            try {
                listener.close();
            } catch (IOException | AssertionError failure) {
                failures.add(failure);
            }
        }
        report.write();
        assertThat(failures).isEmpty();
    }

    static Stream<Cell> cells() {
        List<String> names = WITH_RUST ? List.of(PROTEUS, "go", "js", "rust") : List.of(PROTEUS, "go", "js");
        return names.stream()
                .flatMap(dialler -> names.stream()
                        .flatMap(listener -> Stream.of(Link.values()).map(link -> new Cell(dialler, listener, link))))
                .filter(cell -> !cell.dialler().equals(cell.listener()))
                .filter(cell -> WITH_RUST
                        || cell.dialler().equals(PROTEUS)
                        || cell.listener().equals(PROTEUS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void theyUnderstandEachOther(Cell cell) throws Exception {
        InteropPeer dialler = ready(cell.dialler(), cell);
        InteropPeer listener = ready(cell.listener(), cell);
        String address = listening(listener, cell).address();

        for (Operation operation : Operation.values()) {
            Outcome outcome = dial(dialler, address, cell, operation);

            assertThat(outcome.exitCode()).as("%s: %s", operation, outcome).isZero();
            check(operation, Answer.of(outcome.out()), cell, address);
        }
        Outcome another = dialler.dial(withAnotherId(address), cell.link(), Operation.PING);
        assertThat(another.exitCode()).as("another peer id: %s", another).isEqualTo(1);
        assertThat(another.out()).isEmpty();
        assertThat(another.err()).isNotBlank();

        report.passed(cell);
    }

    /**
     * Dials, and a second time on QUIC if the first came to no end: quiche may forget an end of a stream that travels alone
     * when its packet is lost (docs/engine.md). The table and the output of the test say so.
     */
    private Outcome dial(InteropPeer dialler, String address, Cell cell, Operation operation) throws Exception {
        try {
            return dialler.dial(address, cell.link(), operation);
        } catch (AssertionError noEnd) {
            if (cell.link() != Link.QUIC) {
                throw noEnd;
            }
            System.out.println("SECOND TRY of " + operation + ", " + cell + ": " + noEnd.getMessage());
            report.triedTwice(cell);
            return dialler.dial(address, cell.link(), operation);
        }
    }

    private InteropPeer ready(String name, Cell cell) {
        return switch (Objects.requireNonNull(peers.get(name))) {
            case Availability.Ready(InteropPeer peer) -> peer;
            case Availability.Missing(String reason) -> Assumptions.abort(cell + ": no peer " + name + ": " + reason);
        };
    }

    private Listening listening(InteropPeer peer, Cell cell) throws Exception {
        Listener key = new Listener(cell.listener(), cell.link());
        Listening running = listeners.get(key);
        if (running == null) {
            running = peer.listen(cell.link());
            listeners.put(key, running);
        }
        return running;
    }

    private void check(Operation operation, Answer answer, Cell cell, String address) {
        switch (operation) {
            case IDENTIFY -> {
                assertThat(answer.list("protocols").stream().map(String::valueOf))
                        .contains(
                                "/ipfs/id/1.0.0",
                                "/ipfs/ping/1.0.0",
                                "/perf/1.0.0",
                                "/proteus-test/echo/1.0.0",
                                "/proteus-test/reset/1.0.0");
                assertThat(answer.list("listenAddrs").stream().map(String::valueOf))
                        .contains(withoutId(address));
                assertThat(answer.text("observedAddr")).startsWith(cell.link().addressPrefix());
                assertThat(answer.text("protocolVersion")).isNotBlank();
                report.isAgent(cell.listener(), answer.text("agent"));
            }
            case PING ->
                assertThat(answer.list("ms"))
                        .hasSize(3)
                        .allSatisfy(ms -> assertThat(ms).isInstanceOf(Double.class));
            case ECHO -> assertThat(answer.members()).containsEntry("ok", true);
            case STREAMS ->
                assertThat(answer.members()).containsEntry("ok", true).containsEntry("streams", 100.0);
            case RESET -> {
                if (cell.readsResetAsEnd()) {
                    // If this fails, a library has learnt to reset: then the difference goes.
                    assertThat(answer.members()).containsEntry("ok", false).containsEntry("remoteReset", "end");
                } else {
                    assertThat(answer.members()).containsEntry("ok", true);
                }
            }
        }
    }

    private static String withoutId(String address) {
        return address.substring(0, address.indexOf("/p2p/"));
    }

    private static String withAnotherId(String address) {
        return withoutId(address) + "/p2p/" + ANOTHER_ID;
    }
}
