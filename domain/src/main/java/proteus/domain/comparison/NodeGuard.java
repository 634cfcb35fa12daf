package proteus.domain.comparison;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import proteus.domain.comparison.Finding.Level;

/**
 * What is thought of libp2p as a whole: whether the node is to go back to legacy. Immutable and pure.
 *
 * <p>Only medians count, of at least {@value Crowd#LEAST_PEERS} peers in at least {@value Crowd#LEAST_NETWORKS} networks, each
 * with its own figures on both stacks; and the median of the medians of the networks has to be as bad. It takes more than half
 * of the peers, and more than half of the networks. The node goes back once a day at most.
 *
 * @param strikes how many times in a row libp2p was worse
 * @param wentBack when the node went back last, in nanoseconds of a clock that does not go back; empty if it never did
 */
public record NodeGuard(int strikes, Optional<Long> wentBack) {

    /** Of a node that nothing is known of. */
    public static final NodeGuard NEW = new NodeGuard(0, Optional.empty());

    /** How long a node stays as it is after it went back, whatever is measured. */
    public static final Duration REST = Duration.ofDays(1);

    /**
     * A peer, with its own figures on both stacks.
     *
     * @param network where it is
     */
    public record Voice(PeerNetwork network, Side libp2p, Side legacy) {}

    /**
     * A peer that is on legacy.
     *
     * @param network where it is
     */
    public record OnLegacy(PeerNetwork network, Reading roundTrip) {}

    /**
     * What comes of a look at all peers.
     *
     * @param next what is thought from now on
     * @param finding how libp2p does
     * @param goesBack whether the node is to go back now
     */
    public record Step(NodeGuard next, Finding finding, boolean goesBack) {}

    /** What many peers on legacy have together, for a peer without figures of its own there; empty if they are too few. */
    public static Optional<Reading> legacyOfMany(Collection<OnLegacy> peers, Thresholds thresholds) {
        return Crowd.roundTrip(peers, thresholds.minSamples());
    }

    /** Looks at all peers that were measured on both stacks. */
    public Step look(Collection<Voice> peers, Thresholds thresholds, long now) {
        Finding finding = roundTrip(peers, thresholds).orWorse(blockRate(peers, thresholds));
        int next = switch (finding.level()) {
            case WORSE -> strikes + 1;
            case BETWEEN, UNKNOWN -> strikes;
            case GOOD -> 0;
        };
        if (finding.level() == Level.WORSE && next >= thresholds.strikes() && !rests(now)) {
            return new Step(new NodeGuard(0, Optional.of(now)), finding, true);
        }
        return new Step(new NodeGuard(Math.min(next, thresholds.strikes()), wentBack), finding, false);
    }

    private boolean rests(long now) {
        return wentBack.isPresent() && now - wentBack.get() < REST.toNanos();
    }

    private static Finding roundTrip(Collection<Voice> peers, Thresholds thresholds) {
        Crowd<Voice> crowd = measured(peers, Side::roundTrip, thresholds);
        if (!crowd.isEnough()) {
            return tooFew("round-trip", crowd);
        }
        double ratio = crowd.least(peer -> median(peer.libp2p.roundTrip()) / median(peer.legacy.roundTrip()));
        double difference = crowd.least(peer -> median(peer.libp2p.roundTrip()) - median(peer.legacy.roundTrip()));
        String what = "round-trip on libp2p " + StackComparison.times(ratio) + " that on legacy and "
                + StackComparison.millis(difference) + " longer";
        return new Finding(
                new StackComparison(thresholds).roundTripLevel(ratio, difference),
                what + among(crowd, thresholds.roundTripRatio(), thresholds));
    }

    private static Finding blockRate(Collection<Voice> peers, Thresholds thresholds) {
        Crowd<Voice> crowd = measured(peers, Side::blockRate, thresholds);
        if (!crowd.isEnough()) {
            return tooFew("block rate", crowd);
        }
        double ratio = crowd.least(peer -> median(peer.legacy.blockRate()) / median(peer.libp2p.blockRate()));
        return new Finding(
                new StackComparison(thresholds).blockRateLevel(ratio),
                "blocks on libp2p " + StackComparison.times(ratio) + " slower than on legacy"
                        + among(crowd, thresholds.blockRateRatio(), thresholds));
    }

    private static double median(Optional<Reading> measured) {
        return measured.orElseThrow().median();
    }

    private static Crowd<Voice> measured(
            Collection<Voice> peers, Function<Side, Optional<Reading>> figure, Thresholds thresholds) {
        List<Voice> measured = peers.stream()
                .filter(peer -> Side.enough(figure.apply(peer.libp2p), thresholds.minSamples())
                        .isPresent())
                .filter(peer -> Side.enough(figure.apply(peer.legacy), thresholds.minSamples())
                        .isPresent())
                .toList();
        return Crowd.of(measured, Voice::network);
    }

    private static Finding tooFew(String figure, Crowd<Voice> crowd) {
        return new Finding(
                Level.UNKNOWN,
                figure + " measured on both stacks with " + crowd + ", " + Crowd.LEAST_PEERS + " in "
                        + Crowd.LEAST_NETWORKS + " are needed");
    }

    private static String among(Crowd<Voice> crowd, double ratio, Thresholds thresholds) {
        return " in the median of " + crowd + "; the threshold is " + StackComparison.times(ratio) + " over "
                + StackComparison.text(thresholds.window());
    }
}
