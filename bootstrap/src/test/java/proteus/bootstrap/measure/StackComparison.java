package proteus.bootstrap.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewaySettings;
import proteus.adapters.libp2p.gateway.GatewayTransport;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FakeGate;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.domain.block.BlockHeight;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.PeerMessage;

/**
 * The same messages over legacy TCP, and over the gateway and the protocol of Proteus nodes on TCP and QUIC, side by side in
 * one process: 10,000 small ones there and back, as many one way, and 300 recorded blocks each way. All take turns; the
 * medians of the rounds are printed. Blocks count with the bytes that they have in bincode, whatever carries them.
 */
public final class StackComparison {

    private static final Pattern FRAME = Pattern.compile("\"(?:frame|hex|payload)\": ?\"([0-9a-f]+)\"");
    private static final int SMALL = 10_000;
    private static final int BLOCK_ROUNDS = 20;
    private static final int WARM_UP = 2;
    private static final int BUDGET_BYTES = 256 << 20;
    private static final PeerMessage QUESTION = new PeerMessage.BlockRequestByHeight(new BlockHeight(7));

    private StackComparison() {}

    /** What carries messages, and in which form. */
    private enum Way {
        LEGACY(Carrier.LEGACY_TCP, false),
        GATEWAY_TCP(Carrier.LIBP2P_TCP, false),
        NATIVE_TCP(Carrier.LIBP2P_TCP, true),
        GATEWAY_QUIC(Carrier.LIBP2P_QUIC, false),
        NATIVE_QUIC(Carrier.LIBP2P_QUIC, true);

        private final Carrier carrier;
        private final boolean nativeSessions;

        Way(Carrier carrier, boolean nativeSessions) {
            this.carrier = carrier;
            this.nativeSessions = nativeSessions;
        }
    }

    /** What came out of one round. */
    private record Figures(
            double medianMicros, double p99Micros, double smallPerSecond, double blocksUp, double blocksDown) {}

    /**
     * Measures.
     *
     * @param args the number of rounds, and the recording that has the blocks; then the ways, if not all
     */
    public static void main(String[] args) throws Exception {
        List<PeerMessage> blocks = blocks(Path.of(args[1]));
        Map<Way, List<Figures>> figures = new EnumMap<>(Way.class);
        List<Pair> pairs = new ArrayList<>();
        try {
            for (Way way : ways(args)) {
                pairs.add(Pair.connect(way));
                figures.put(way, new ArrayList<>());
            }
            for (int round = -WARM_UP; round < Integer.parseInt(args[0]); round++) {
                for (Pair pair : pairs) {
                    Figures measured = pair.measure(blocks);
                    if (round >= 0) {
                        figures.get(pair.way).add(measured);
                    }
                }
            }
        } finally {
            pairs.forEach(Pair::close);
        }
        print(figures);
    }

    private static List<Way> ways(String... args) {
        return args.length > 2 ? Stream.of(args).skip(2).map(Way::valueOf).toList() : List.of(Way.values());
    }

    private static List<PeerMessage> blocks(Path recording) throws IOException, MalformedMessageException {
        List<PeerMessage> blocks = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.US_ASCII))) {
            for (String line : lines.lines().toList()) {
                Matcher frame = FRAME.matcher(line);
                if (frame.find()
                        && PeerMessageCodec.decode(HexFormat.of().parseHex(frame.group(1)))
                                instanceof PeerMessage.Block block) {
                    blocks.add(block);
                }
            }
        }
        return blocks;
    }

    private static void print(Map<Way, List<Figures>> figures) {
        System.out.printf("%n| way | round trip, median | p99 | small messages/s | blocks up, MB/s | down, MB/s |%n");
        System.out.println("|---|---|---|---|---|---|");
        for (Way way : figures.keySet()) {
            List<Figures> rounds = figures.get(way);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f µs | %.1f µs | %,.0f | %.0f | %.0f |%n",
                    way,
                    median(rounds.stream().mapToDouble(Figures::medianMicros).toArray()),
                    median(rounds.stream().mapToDouble(Figures::p99Micros).toArray()),
                    median(rounds.stream().mapToDouble(Figures::smallPerSecond).toArray()),
                    median(rounds.stream().mapToDouble(Figures::blocksUp).toArray()),
                    median(rounds.stream().mapToDouble(Figures::blocksDown).toArray()));
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Two nodes of one stack, and a connection between them. */
    private static final class Pair implements AutoCloseable {

        private final Way way;
        private final PeerTransport near;
        private final PeerTransport far;
        private final PeerConnection dialled;
        private final PeerConnection accepted;
        // What the two ends do with what arrives; swapped between measurements, when nothing is under way.
        private volatile Consumer<PeerMessage> atNear = _ -> {};
        private volatile Consumer<PeerMessage> atFar = _ -> {};

        private Pair(Way way, PeerTransport near, PeerTransport far, PeerConnection dialled, PeerConnection accepted) {
            this.way = way;
            this.near = near;
            this.far = far;
            this.dialled = dialled;
            this.accepted = accepted;
            listen(dialled, message -> atNear.accept(message));
            listen(accepted, message -> atFar.accept(message));
        }

        static Pair connect(Way way) throws Exception {
            FakeGate farGate = new FakeGate(Descriptions.handshake(2));
            PeerTransport far = transport(way, farGate);
            PeerTransport near = transport(way, new FakeGate(Descriptions.handshake(1)));
            PeerEndpoint endpoint = far.listen(new PeerEndpoint(Descriptions.loopback(0), way.carrier));
            PeerConnection dialled = near.dial(endpoint);
            return new Pair(way, near, far, dialled, farGate.awaitConnection());
        }

        private static PeerTransport transport(Way way, PeerGate gate) {
            InstantSource clock = InstantSource.system();
            InboundBudget budget = new InboundBudget(BUDGET_BYTES);
            return switch (way.carrier) {
                case LEGACY_TCP ->
                    LegacyStack.transport(ConnectionSettings.DEFAULT, budget, gate, SourceQuota.unlimited(), clock)
                            .orElseThrow(() -> new IllegalStateException("this build has no legacy stack"));
                case LIBP2P_TCP, LIBP2P_QUIC ->
                    new GatewayTransport(
                            GatewaySettings.of(new Network.RegTest(), "proteus/measure", 10)
                                    .withNativeSessions(way.nativeSessions),
                            Identity.generate(new SecureRandom()),
                            budget,
                            gate,
                            new EngineSourceQuota(SourceLimitSettings.defaults().withLoopbackExempt(), clock),
                            clock);
            };
        }

        private static void listen(PeerConnection connection, Consumer<PeerMessage> to) {
            connection.open(event -> {
                if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                    try (frame) {
                        to.accept(frame.decode());
                    } catch (MalformedMessageException malformed) {
                        throw new IllegalStateException(malformed);
                    }
                    connection.request();
                }
            });
            connection.request();
        }

        Figures measure(List<PeerMessage> blocks) throws Exception {
            double[] trips = roundTrips();
            return new Figures(
                    trips[trips.length / 2],
                    trips[trips.length * 99 / 100],
                    SMALL / seconds(dialled, toFar -> atFar = toFar, List.of(QUESTION), SMALL),
                    rate(blocks, dialled, toFar -> atFar = toFar),
                    rate(blocks, accepted, toNear -> atNear = toNear));
        }

        private double[] roundTrips() throws Exception {
            double[] micros = new double[SMALL];
            CountDownLatch done = new CountDownLatch(SMALL);
            long[] began = {0};
            atFar = message -> send(accepted, message);
            atNear = _ -> {
                micros[SMALL - (int) done.getCount()] = (System.nanoTime() - began[0]) / 1e3;
                done.countDown();
                if (done.getCount() > 0) {
                    began[0] = System.nanoTime();
                    send(dialled, QUESTION);
                }
            };
            began[0] = System.nanoTime();
            send(dialled, QUESTION);
            await(done);
            Arrays.sort(micros);
            return micros;
        }

        private static double rate(
                List<PeerMessage> blocks, PeerConnection from, Consumer<Consumer<PeerMessage>> receiving)
                throws Exception {
            long bytes = 0;
            for (PeerMessage block : blocks) {
                bytes += PeerMessageCodec.encode(block).length;
            }
            double seconds = 0;
            for (int i = 0; i < BLOCK_ROUNDS; i++) {
                seconds += seconds(from, receiving, blocks, blocks.size());
            }
            return bytes * BLOCK_ROUNDS / 1e6 / seconds;
        }

        private static double seconds(
                PeerConnection from, Consumer<Consumer<PeerMessage>> receiving, List<PeerMessage> messages, int count)
                throws Exception {
            CountDownLatch arrived = new CountDownLatch(count);
            receiving.accept(_ -> arrived.countDown());
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                send(from, messages.get(i % messages.size()));
            }
            await(arrived);
            return (System.nanoTime() - began) / 1e9;
        }

        private static void send(PeerConnection connection, PeerMessage message) {
            try {
                connection.send(message);
            } catch (ConnectionClosedException closed) {
                throw new IllegalStateException(closed);
            }
        }

        private static void await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(latch.getCount() + " messages did not come");
            }
        }

        @Override
        public void close() {
            near.close();
            far.close();
        }
    }
}
