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
 * How fast 1 GiB goes over loopback by libp2p's perf, both ends on this machine: Proteus and other implementations,
 * beside the same bytes over plain TCP on Netty, with the AEAD of the link and without.
 *
 * <p>A listener is one process for all rounds of a link, a dialler is a new one each time. All take turns; the best of
 * the rounds counts.
 */
public final class Libp2pThroughput {

    private static final long BYTES = 1L << 30;
    private static final List<String> SECURITIES = List.of("noise", "tls");
    private static final List<String> OPERATIONS = List.of("perf-up", "perf-down");

    private Libp2pThroughput() {}

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
        for (String security : SECURITIES) {
            measure(security, pairs(args[0], Path.of(args[1])), Integer.parseInt(args[2]));
        }
    }

    private static List<Pair> pairs(String launcher, Path foreign) {
        List<Pair> pairs = new ArrayList<>();
        MeasuredPeer plain = plain("plain TCP");
        pairs.add(new Pair(plain, plain, Optional.of("none")));
        MeasuredPeer sealed = plain("plain TCP with AEAD");
        pairs.add(Pair.of(sealed, sealed));
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
            if (name.equals("go")) {
                pairs.add(Pair.of(proteus, other));
                pairs.add(Pair.of(other, proteus));
            }
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

    private static void measure(String security, List<Pair> pairs, int rounds) throws Exception {
        Map<MeasuredPeer, MeasuredPeer.Listener> listeners = new LinkedHashMap<>();
        try {
            double[][] best = new double[pairs.size()][OPERATIONS.size()];
            for (int round = 0; round < rounds; round++) {
                for (int row = 0; row < pairs.size(); row++) {
                    Pair pair = pairs.get(row);
                    String told = pair.security().orElse(security);
                    if (!listeners.containsKey(pair.listener())) {
                        listeners.put(pair.listener(), pair.listener().listen(told));
                    }
                    String address = listeners.get(pair.listener()).address();
                    for (int column = 0; column < OPERATIONS.size(); column++) {
                        double mbps = pair.dialler().dial(address, told, OPERATIONS.get(column), BYTES);
                        best[row][column] = Math.max(best[row][column], mbps);
                    }
                }
            }
            print(security, pairs, best);
        } finally {
            for (MeasuredPeer.Listener listener : listeners.values()) {
                listener.close();
            }
        }
    }

    /** Rows 0 and 1 are what the others are measured by. */
    private static void print(String security, List<Pair> pairs, double[][] best) {
        System.out.printf(
                "%n| TCP, %s | up, Mbit/s | of plain | of AEAD | down, Mbit/s | of plain | of AEAD |%n|---|---|---|---|---|---|---|%n",
                security);
        for (int row = 0; row < pairs.size(); row++) {
            StringBuilder line = new StringBuilder("| " + pairs.get(row).name() + " |");
            for (int column = 0; column < OPERATIONS.size(); column++) {
                line.append(String.format(
                        Locale.ROOT,
                        " %,.0f | %.0f %% | %.0f %% |",
                        best[row][column],
                        100 * best[row][column] / best[0][column],
                        100 * best[row][column] / best[1][column]));
            }
            System.out.println(line);
        }
    }
}
