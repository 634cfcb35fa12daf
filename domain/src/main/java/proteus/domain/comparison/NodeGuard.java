package proteus.domain.comparison;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import proteus.domain.comparison.Finding.Level;

/**
 * What is thought of libp2p as a whole: whether the node is to go back to legacy. Immutable and pure.
 *
 * <p>Only medians count, of at least {@value #LEAST_PEERS} peers in at least {@value #LEAST_NETWORKS} networks, of which each
 * has one voice whatever it sent; and the median of the medians of the networks has to be as bad, so that many peers of one
 * network are one voice, too. The lower of two middle values is the median: it takes more than half to be worse. The node
 * goes back once a day at most.
 *
 * @param strikes how many times in a row libp2p was worse
 * @param wentBack when the node went back last, in nanoseconds of a clock that does not go back; empty if it never did
 */
public record NodeGuard(int strikes, Optional<Long> wentBack) {

    /** Of a node that nothing is known of. */
    public static final NodeGuard NEW = new NodeGuard(0, Optional.empty());

    /** How many peers have to be compared. */
    public static final int LEAST_PEERS = 8;

    /** In how many networks these have to be. */
    public static final int LEAST_NETWORKS = 4;

    /** How long a node stays as it is after it went back, whatever is measured. */
    public static final Duration REST = Duration.ofDays(1);

    /**
     * A peer, with its own figures on both stacks.
     *
     * @param network where it is
     */
    public record Voice(PeerNetwork network, Side libp2p, Side legacy) {}

    /**
     * What comes of a look at all peers.
     *
     * @param next what is thought from now on
     * @param finding how libp2p does
     * @param goesBack whether the node is to go back now
     */
    public record Step(NodeGuard next, Finding finding, boolean goesBack) {}

    /** Looks at all peers that were measured on both stacks. */
    public Step look(Collection<Voice> peers, Thresholds thresholds, long now) {
        StackComparison comparison = new StackComparison(thresholds);
        Finding finding = roundTrip(peers, comparison, thresholds).orWorse(blockRate(peers, comparison, thresholds));
        int next = switch (finding.level()) {
            case WORSE -> strikes + 1;
            case BETWEEN, UNKNOWN -> strikes;
            case GOOD -> 0;
        };
        boolean rests = wentBack.isPresent() && now - wentBack.get() < REST.toNanos();
        if (finding.level() == Level.WORSE && next >= thresholds.strikes() && !rests) {
            return new Step(new NodeGuard(0, Optional.of(now)), finding, true);
        }
        return new Step(new NodeGuard(Math.min(next, thresholds.strikes()), wentBack), finding, false);
    }

    private static Finding roundTrip(Collection<Voice> peers, StackComparison comparison, Thresholds thresholds) {
        List<Voice> measured = peers.stream()
                .filter(peer -> Side.enough(peer.libp2p.roundTrip(), thresholds.minSamples())
                        .isPresent())
                .filter(peer -> Side.enough(peer.legacy.roundTrip(), thresholds.minSamples())
                        .isPresent())
                .toList();
        Optional<Finding> tooFew = tooFew(measured, "round-trip");
        if (tooFew.isPresent()) {
            return tooFew.get();
        }
        double ratio = leastMedian(measured, peer -> libp2pRoundTrip(peer) / legacyRoundTrip(peer));
        double difference = leastMedian(measured, peer -> libp2pRoundTrip(peer) - legacyRoundTrip(peer));
        Level level = comparison.roundTripLevel(ratio, difference);
        String what = "round-trip on libp2p " + StackComparison.times(ratio) + " that on legacy, "
                + StackComparison.millis(difference) + " longer";
        return new Finding(level, what + among(measured, thresholds.roundTripRatio(), thresholds));
    }

    private static double libp2pRoundTrip(Voice peer) {
        return peer.libp2p.roundTrip().orElseThrow().median();
    }

    private static double legacyRoundTrip(Voice peer) {
        return peer.legacy.roundTrip().orElseThrow().median();
    }

    private static Finding blockRate(Collection<Voice> peers, StackComparison comparison, Thresholds thresholds) {
        List<Voice> measured = peers.stream()
                .filter(peer -> Side.enough(peer.libp2p.blockRate(), thresholds.minSamples())
                        .isPresent())
                .filter(peer -> Side.enough(peer.legacy.blockRate(), thresholds.minSamples())
                        .isPresent())
                .toList();
        Optional<Finding> tooFew = tooFew(measured, "block rate");
        if (tooFew.isPresent()) {
            return tooFew.get();
        }
        double ratio = leastMedian(
                measured,
                peer -> peer.legacy.blockRate().orElseThrow().median()
                        / peer.libp2p.blockRate().orElseThrow().median());
        Level level = comparison.blockRateLevel(ratio);
        String what = "blocks on libp2p " + StackComparison.times(ratio) + " slower than on legacy";
        return new Finding(level, what + among(measured, thresholds.blockRateRatio(), thresholds));
    }

    private static Optional<Finding> tooFew(List<Voice> measured, String figure) {
        long networks = networks(measured);
        return measured.size() >= LEAST_PEERS && networks >= LEAST_NETWORKS
                ? Optional.empty()
                : Optional.of(new Finding(
                        Level.UNKNOWN,
                        figure + " measured on both stacks with " + measured.size() + " peers in " + networks
                                + " networks, " + LEAST_PEERS + " in " + LEAST_NETWORKS + " are needed"));
    }

    private static long networks(Collection<Voice> peers) {
        return peers.stream().map(Voice::network).distinct().count();
    }

    private static String among(List<Voice> measured, double ratio, Thresholds thresholds) {
        return " in the median of " + measured.size() + " peers in " + networks(measured)
                + " networks; the threshold is " + StackComparison.times(ratio) + " over "
                + StackComparison.text(thresholds.window());
    }

    /** The lesser of the median of all peers and the median of the medians of the networks. */
    private static double leastMedian(List<Voice> peers, ToDoubleFunction<Voice> figure) {
        double ofPeers = lowerMedian(peers.stream().mapToDouble(figure).sorted().toArray());
        double ofNetworks = lowerMedian(peers.stream().collect(Collectors.groupingBy(Voice::network)).values().stream()
                .mapToDouble(ofOne ->
                        lowerMedian(ofOne.stream().mapToDouble(figure).sorted().toArray()))
                .sorted()
                .toArray());
        return Math.min(ofPeers, ofNetworks);
    }

    /** Of values in their order, at least one. */
    private static double lowerMedian(double[] sorted) {
        return sorted[(sorted.length - 1) / 2];
    }
}
