package proteus.domain.comparison;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import proteus.domain.comparison.Finding.Level;
import proteus.domain.comparison.PeerGuard.Return;

/**
 * What is thought of libp2p as a whole: whether the node is to go back to legacy. Immutable and pure.
 *
 * <p>All peers vote that are on libp2p, or were taken back within the last hour. Against libp2p speaks only who was taken back and
 * was then measured on legacy, and did better there by more than the threshold: what makes a peer slow on both stacks, be it
 * this node itself, says nothing against one of them. All others speak for it, also those of which nothing was measured. It
 * takes more than half of the peers and of their networks, see {@link Crowd}, so the peer in the middle is worse. The node
 * goes back once a day at most.
 *
 * @param strikes how many times in a row libp2p was worse
 * @param wentBack when the node went back last, in nanoseconds of a clock that does not go back; empty if it never did
 */
public record NodeGuard(int strikes, Optional<Long> wentBack) {

    /** Of a node that nothing is known of. */
    public static final NodeGuard NEW = new NodeGuard(0, Optional.empty());

    /** How long a node stays as it is after it went back, whatever is measured. */
    public static final Duration REST = Duration.ofDays(1);

    /** For how long a peer that was taken back still votes. */
    public static final Duration REMEMBERS = Duration.ofHours(1);

    /**
     * A peer that votes.
     *
     * @param network where it is
     * @param libp2p what was measured before it was taken back; nothing if it was not
     * @param legacy what was measured since; nothing if that was too little
     */
    public record Voice(PeerNetwork network, Side libp2p, Side legacy) {

        /** That of a peer; empty if it does not vote. */
        public static Optional<Voice> of(PeerNetwork network, boolean onLibp2p, PeerGuard guard, long now) {
            Optional<Return> back = guard.lastReturn().filter(taken -> now - taken.at() < REMEMBERS.toNanos());
            return onLibp2p || back.isPresent()
                    ? Optional.of(new Voice(
                            network,
                            back.map(Return::libp2p).orElse(Side.NOTHING),
                            back.map(Return::legacy).orElse(Side.NOTHING)))
                    : Optional.empty();
        }
    }

    /**
     * What comes of a look at all peers.
     *
     * @param next what is thought from now on
     * @param finding how libp2p does
     * @param goesBack whether the node is to go back now
     */
    public record Step(NodeGuard next, Finding finding, boolean goesBack) {}

    /** Looks at all peers that vote, each of which is there once. */
    public Step look(Collection<Voice> peers, Thresholds thresholds, long now) {
        Finding finding = roundTrip(peers, thresholds).orWorse(blockRate(peers, thresholds));
        boolean worse = finding.level() == Level.WORSE;
        int next = worse ? strikes + 1 : 0;
        if (worse && next >= thresholds.strikes() && !rests(now)) {
            return new Step(new NodeGuard(0, Optional.of(now)), finding, true);
        }
        return new Step(new NodeGuard(Math.min(next, thresholds.strikes()), wentBack), finding, false);
    }

    private boolean rests(long now) {
        return wentBack.isPresent() && now - wentBack.get() < REST.toNanos();
    }

    private static Finding roundTrip(Collection<Voice> peers, Thresholds thresholds) {
        return finding(
                "round-trip",
                peers,
                new StackComparison(thresholds)::roundTrip,
                Side::roundTrip,
                StackComparison::millis,
                "more than " + StackComparison.times(thresholds.roundTripRatio()) + " and "
                        + thresholds.roundTripDifference().toMillis() + " ms longer over "
                        + StackComparison.text(thresholds.window()));
    }

    private static Finding blockRate(Collection<Voice> peers, Thresholds thresholds) {
        return finding(
                "block rate",
                peers,
                new StackComparison(thresholds)::blockRate,
                Side::blockRate,
                StackComparison::rate,
                "more than " + StackComparison.times(thresholds.blockRateRatio()) + " slower over "
                        + StackComparison.text(thresholds.window()));
    }

    private static Finding finding(
            String name,
            Collection<Voice> peers,
            BiFunction<Side, Side, Finding> comparison,
            Function<Side, Optional<Reading>> figure,
            DoubleFunction<String> text,
            String threshold) {
        Predicate<Voice> isWorse =
                peer -> comparison.apply(peer.libp2p(), peer.legacy()).level() == Level.WORSE;
        List<Voice> worse = peers.stream().filter(isWorse).toList();
        Crowd crowd = Crowd.of(peers, Voice::network, isWorse);
        Level level = crowd.isWorse() ? Level.WORSE : crowd.isEnough() ? Level.GOOD : Level.UNKNOWN;
        String medians = worse.isEmpty()
                ? ""
                : ", in their median " + text.apply(median(worse, figure.compose(Voice::libp2p))) + " against "
                        + text.apply(median(worse, figure.compose(Voice::legacy))) + " on legacy";
        return new Finding(
                level,
                name + " worse on libp2p with " + crowd + medians + "; worse is " + threshold
                        + ", and it takes more than half of them, and " + Crowd.LEAST_PEERS + " in "
                        + Crowd.LEAST_NETWORKS);
    }

    private static double median(List<Voice> peers, Function<Voice, Optional<Reading>> figure) {
        double[] sorted = peers.stream()
                .mapToDouble(peer -> figure.apply(peer).orElseThrow().median())
                .sorted()
                .toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
