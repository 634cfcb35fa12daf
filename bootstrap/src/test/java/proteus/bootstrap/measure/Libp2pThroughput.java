package proteus.bootstrap.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How fast 1 GiB goes over loopback by libp2p's perf, both ends on this machine: Proteus and other implementations, on
 * TCP beside the same bytes over plain TCP on Netty, with the AEAD of the link and without.
 *
 * <p>A listener is one process for all rounds of a link, a dialler is a new one each time, whose transfers before the last
 * do not count: a node runs for long, and so is warm. All take turns; the best of the rounds counts.
 */
public final class Libp2pThroughput {

    private static final long BYTES = 1L << 30;
    private static final int TRANSFERS = 3;
    private static final List<String> OPERATIONS = List.of("perf-up", "perf-down");

    private Libp2pThroughput() {}

    /** How the bytes go. */
    private enum Link {
        NOISE("tcp", "noise"),
        TLS("tcp", "tls"),
        QUIC("quic", "tls");

        private final String transport;
        private final String security;

        Link(String transport, String security) {
            this.transport = transport;
            this.security = security;
        }
    }

    /**
     * One row.
     *
     * @param security what it is told, if not that of the link
     */
    private record Pair(MeasuredPeer dialler, MeasuredPeer listener, Optional<String> security) {

        static Pair of(MeasuredPeer dialler, MeasuredPeer listener) {
            return new Pair(dialler, listener, Optional.empty());
        }

        String name() {
            return dialler.equals(listener) ? dialler.name() + " alone" : dialler.name() + " dials " + listener.name();
        }
    }

    /**
     * Measures.
     *
     * @param args the launcher, the directory of the other implementations, as the interoperability tests build them, and
     *     the number of rounds
     */
    public static void main(String[] args) throws Exception {
        // Builds what is stale, which is not to be measured.
        if (new ProcessBuilder(args[0], "--version").inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(args[0] + " does not run");
        }
        for (Link link : Link.values()) {
            measure(link, pairs(link, args[0], Path.of(args[1])), Integer.parseInt(args[2]));
        }
    }

    private static List<Pair> pairs(Link link, String launcher, Path foreign) {
        List<Pair> pairs = new ArrayList<>();
        if (link != Link.QUIC) {
            MeasuredPeer plain = plain("plain TCP");
            pairs.add(new Pair(plain, plain, Optional.of("none")));
            MeasuredPeer sealed = plain("plain TCP with AEAD");
            pairs.add(Pair.of(sealed, sealed));
        }
        MeasuredPeer proteus = new MeasuredPeer("proteus", List.of(launcher, "peer"));
        pairs.add(Pair.of(proteus, proteus));
        for (String path : List.of("go/peer", "rust/release/peer")) {
            String name = path.substring(0, path.indexOf('/'));
            Path program = foreign.resolve(path).toAbsolutePath();
            if (!Files.isExecutable(program)) {
                System.out.println(name + " is left out: there is no " + foreign.resolve(path));
                continue;
            }
            MeasuredPeer other = new MeasuredPeer(name, List.of(program.toString()));
            pairs.add(Pair.of(other, other));
            pairs.add(Pair.of(proteus, other));
            pairs.add(Pair.of(other, proteus));
        }
        return pairs;
    }

    private static MeasuredPeer plain(String name) {
        return new MeasuredPeer(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        PlainPeer.class.getName()));
    }

    private static void measure(Link link, List<Pair> pairs, int rounds) throws Exception {
        Map<String, MeasuredPeer.Listener> listeners = new LinkedHashMap<>();
        try {
            double[][] best = new double[pairs.size()][OPERATIONS.size()];
            for (int round = 0; round < rounds; round++) {
                for (int row = 0; row < pairs.size(); row++) {
                    Pair pair = pairs.get(row);
                    String told = pair.security().orElse(link.security);
                    String name = pair.listener().name();
                    if (!listeners.containsKey(name)) {
                        listeners.put(name, pair.listener().listen(link.transport, told));
                    }
                    String address = listeners.get(name).address();
                    for (int column = 0; column < OPERATIONS.size(); column++) {
                        double mbps = pair.dialler().dial(address, told, OPERATIONS.get(column), BYTES, TRANSFERS);
                        best[row][column] = Math.max(best[row][column], mbps);
                    }
                }
            }
            print(link, pairs, best);
        } finally {
            for (MeasuredPeer.Listener listener : listeners.values()) {
                listener.close();
            }
        }
    }

    private static void print(Link link, List<Pair> pairs, double[][] best) {
        System.out.printf("%n| %s | up, Mbit/s | down, Mbit/s |%n|---|---|---|%n", link);
        for (int row = 0; row < pairs.size(); row++) {
            System.out.printf(
                    Locale.ROOT, "| %s | %,.0f | %,.0f |%n", pairs.get(row).name(), best[row][0], best[row][1]);
        }
        share(pairs, best, "plain TCP alone");
        share(pairs, best, "plain TCP with AEAD alone");
        share(pairs, best, "go alone");
        share(pairs, best, "rust alone");
    }

    /** What Proteus reaches of another row. */
    private static void share(List<Pair> pairs, double[][] best, String of) {
        List<String> names = pairs.stream().map(Pair::name).toList();
        int whole = names.indexOf(of);
        if (whole >= 0) {
            double[] part = best[names.indexOf("proteus alone")];
            System.out.printf(
                    Locale.ROOT,
                    "| proteus, of %s | %.0f %% | %.0f %% |%n",
                    of,
                    100 * part[0] / best[whole][0],
                    100 * part[1] / best[whole][1]);
        }
    }
}
