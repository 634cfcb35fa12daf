package proteus.bootstrap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How fast a fresh node fetches the chain of a peer: a real node from a real node, Proteus from a real node, Proteus from
 * Proteus, a real node from Proteus; turn by turn, each a new process, over libp2p on TCP.
 */
public final class SyncComparison {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final List<String> proteus;
    private final List<String> real;
    private final Path chain;
    private final Path directory = Files.createTempDirectory("sync-comparison-");
    private int started;

    private SyncComparison(List<String> proteus, List<String> real, Path chain) throws IOException {
        this.proteus = proteus;
        this.real = real;
        this.chain = chain;
    }

    /** Who fetches from whom. */
    private enum Pair {
        REAL_FROM_REAL("neptune-core from neptune-core"),
        PROTEUS_FROM_REAL("Proteus from neptune-core"),
        PROTEUS_FROM_PROTEUS("Proteus from Proteus"),
        REAL_FROM_PROTEUS("neptune-core from Proteus");

        private final String text;

        Pair(String text) {
            this.text = text;
        }

        boolean isProteus() {
            return this == PROTEUS_FROM_REAL || this == PROTEUS_FROM_PROTEUS;
        }
    }

    /**
     * What one fetch took.
     *
     * @param whole nanoseconds from the start of the process to the tip
     * @param fetching nanoseconds from the first block to the tip
     * @param heap the most heap before a collection, in MiB
     * @param resident what the process held when it had been idle, in MiB
     */
    private record Fetch(long whole, long fetching, OptionalLong heap, long resident) {}

    /**
     * Measures.
     *
     * @param args the launcher of Proteus; how many rounds; neptune-core; a data directory of neptune-core with a chain, which
     *     is copied
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            System.out.println(
                    "left out: the comparison of syncs, which needs neptune-core (-Dmeasure.peer) and a chain that "
                            + "it mined (-Dmeasure.chain)");
            return;
        }
        if (new ProcessBuilder(args[0], "--version").inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(args[0] + " does not run");
        }
        new SyncComparison(List.of(args[0], "run"), List.of(args[2]), Path.of(args[3]))
                .measure(Integer.parseInt(args[1]));
    }

    private void measure(int rounds) throws Exception {
        Path ofReal = directory.resolve("real-source");
        copyChain(ofReal.resolve("data"));
        try (MeasuredNode realSource = MeasuredNode.start(ofReal, real, OptionalLong.empty())) {
            realSource.awaitHeight(1, PATIENCE);
            long tip = realSource.height().orElseThrow();
            try (MeasuredNode ourSource = MeasuredNode.start(
                    directory.resolve("our-source"), proteus, OptionalLong.of(realSource.tcpPort()))) {
                ourSource.awaitHeight(tip, PATIENCE);
                System.out.printf(
                        "%d blocks; data of neptune-core %,d bytes a block, of Proteus %,d bytes a block%n",
                        tip, size(ofReal.resolve("data")) / tip, size(directory.resolve("our-source")) / tip);
                Map<Pair, List<Fetch>> fetches = new EnumMap<>(Pair.class);
                for (int round = 0; round < rounds; round++) {
                    for (Pair pair : Pair.values()) {
                        MeasuredNode source =
                                pair == Pair.REAL_FROM_REAL || pair == Pair.PROTEUS_FROM_REAL ? realSource : ourSource;
                        fetches.computeIfAbsent(pair, _ -> new ArrayList<>()).add(fetch(pair, source, tip));
                    }
                }
                fetches.forEach((pair, of) -> print(pair, of, tip));
            }
        }
    }

    private Fetch fetch(Pair pair, MeasuredNode source, long tip) throws Exception {
        Path own = directory.resolve("fetch-" + started++);
        try (MeasuredNode fresh =
                MeasuredNode.start(own, pair.isProteus() ? proteus : real, OptionalLong.of(source.tcpPort()))) {
            long first = fresh.awaitHeight(1, PATIENCE);
            long whole = fresh.awaitHeight(tip, PATIENCE);
            Thread.sleep(IDLE);
            Fetch fetch = new Fetch(whole, whole - first, fresh.mostHeapMegabytes(), fresh.residentMegabytes());
            System.out.printf(
                    "%s: %.2f s from the start of the process, %.2f s from the first block; most heap %s MiB, "
                            + "resident after %d s of rest %d MiB, at most %d MiB%n",
                    pair.text,
                    fetch.whole / 1e9,
                    fetch.fetching / 1e9,
                    fetch.heap.isPresent() ? Long.toString(fetch.heap.getAsLong()) : "-",
                    IDLE.toSeconds(),
                    fetch.resident,
                    fresh.mostResidentMegabytes());
            return fetch;
        }
    }

    private static void print(Pair pair, List<Fetch> fetches, long tip) {
        System.out.printf(
                "%s, median of %d: %.1f blocks/s from the start of the process%n",
                pair.text,
                fetches.size(),
                tip
                        * 1e9
                        / fetches.stream()
                                .mapToLong(Fetch::whole)
                                .sorted()
                                .skip(fetches.size() / 2)
                                .findFirst()
                                .orElseThrow());
    }

    /** Without what says who the node is and whom it knew. */
    private void copyChain(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(chain)) {
            for (Path file : all.toList()) {
                Path relative = chain.relativize(file);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to.resolve(relative));
                } else if (!relative.toString().contains("network/")) {
                    Files.copy(file, to.resolve(relative));
                }
            }
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
