package proteus.bootstrap.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.bootstrap.interop.libp2p.DelayProxy;
import proteus.bootstrap.peer.Operation;
import proteus.bootstrap.peer.PeerTool;

/**
 * What a round trip of 60 ms does to two processes of Proteus: how many of them it takes from the start of a dial until
 * one byte is back, and how fast 1 GiB goes beside what a window of 256 KiB that never grows would allow.
 */
public final class Libp2pRoundTrips {

    private static final Duration ONE_WAY = Duration.ofMillis(30);
    private static final Duration ROUND_TRIP = ONE_WAY.multipliedBy(2);
    private static final int DIALS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BYTES = 1L << 30;
    private static final double FIXED_WINDOW_MBPS = 8e-6 * (256 << 10) / (ROUND_TRIP.toNanos() / 1e9);
    private static final Pattern PORT = Pattern.compile("/tcp/([0-9]+)");

    private Libp2pRoundTrips() {}

    /**
     * Measures.
     *
     * @param args the launcher, and the number of rounds
     */
    public static void main(String[] args) throws Exception {
        // Builds what is stale, which is not to be measured.
        if (new ProcessBuilder(args[0], "--version").inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(args[0] + " does not run");
        }
        int rounds = Integer.parseInt(args[1]);
        MeasuredPeer proteus = new MeasuredPeer("proteus", List.of(args[0], "peer"));
        System.out.printf("Over a round trip of %d ms; the best of %d:%n", ROUND_TRIP.toMillis(), rounds);
        for (String security : List.of("noise", "tls")) {
            try (MeasuredPeer.Listener listener = proteus.listen("tcp", security)) {
                connect(listener, security.equals("tls") ? Security.TLS : Security.NOISE);
                for (String operation : List.of("perf-up", "perf-down")) {
                    move(proteus, listener, security, operation, rounds);
                }
            }
        }
    }

    /** Dials within this process, again and again, because a process that has just started takes time for itself. */
    private static void connect(MeasuredPeer.Listener listener, Security security) throws Exception {
        double least = Double.POSITIVE_INFINITY;
        for (int dial = 0; dial < DIALS; dial++) {
            try (DelayProxy proxy = before(listener);
                    PeerTool dialler = PeerTool.start(security, Optional.empty())) {
                Multiaddr address = Multiaddr.parse(through(proxy, listener));
                Map<String, Object> answer = dialler.dial(address, Operation.RTT, 1, 1, PATIENCE);
                least = Math.min(least, (Double) answer.get("ms"));
            }
        }
        System.out.printf(
                "TCP, %s: one byte back after %.0f ms, the least of %d dials: %.2f round trips, that of TCP included%n",
                security, least, DIALS, least / ROUND_TRIP.toMillis());
    }

    private static void move(
            MeasuredPeer dialler, MeasuredPeer.Listener listener, String security, String operation, int rounds)
            throws IOException, InterruptedException {
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            try (DelayProxy proxy = before(listener)) {
                best = Math.max(best, dialler.dial(through(proxy, listener), security, operation, BYTES, 1));
            }
        }
        System.out.printf(
                "TCP, %s, %s: %.0f Mbit/s, %.1f times what a window of 256 KiB allows%n",
                security, operation, best, best / FIXED_WINDOW_MBPS);
    }

    private static DelayProxy before(MeasuredPeer.Listener listener) throws IOException {
        return DelayProxy.tcp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(listener.address())), ONE_WAY);
    }

    private static int port(String address) {
        Matcher port = PORT.matcher(address);
        if (!port.find()) {
            throw new IllegalArgumentException("no port: " + address);
        }
        return Integer.parseInt(port.group(1));
    }

    private static String through(DelayProxy proxy, MeasuredPeer.Listener listener) {
        return PORT.matcher(listener.address())
                .replaceFirst("/tcp/" + proxy.address().getPort());
    }
}
