package proteus.adapters.rpc.metrics;

import static proteus.adapters.rpc.metrics.Families.one;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import proteus.adapters.rpc.metrics.Families.Values;
import proteus.application.port.ComparisonControl;
import proteus.application.port.NodeControl;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.comparison.Distribution;

/**
 * What the node measured of its stacks. Safe for use by many threads.
 *
 * <p>By stack only: a label for each peer would be a series for every peer that ever came.
 */
final class ComparisonMetrics {

    /** Of the fine buckets so many make one here: about twenty for a stack are enough to draw. */
    private static final int COARSER = 4;

    private static final int COARSER_SESSIONS = 2;

    private final NodeControl control;

    ComparisonMetrics(NodeControl control) {
        this.control = control;
    }

    void addTo(Families families) {
        ComparisonControl comparison = control.comparison();
        Map<Stack, StackFigures> stacks = comparison.stacks();
        families.add(histogram(
                        "proteus_round_trip_seconds",
                        "From a request for peers to its answer, which is small on both stacks.",
                        stacks,
                        StackFigures::roundTrip,
                        COARSER))
                .add(histogram(
                        "proteus_handshake_seconds",
                        "From the moment that this node was ready to say who it is until the handshake was done.",
                        stacks,
                        StackFigures::handshake,
                        COARSER))
                .add(histogram(
                        "proteus_session_seconds",
                        "How long sessions were carried by the stack that are over, or are carried by the other one now.",
                        stacks,
                        StackFigures::session,
                        COARSER_SESSIONS))
                .add(histogram(
                        "proteus_block_transfer_bytes_per_second",
                        "Bytes of a block that was asked for by the time since then.",
                        stacks,
                        StackFigures::blockRate,
                        COARSER))
                .counter(
                        "proteus_session_ends",
                        "How often a session ended on a stack or left it, by why.",
                        ends(stacks));
        addGuardTo(families, comparison.guard());
    }

    private static void addGuardTo(Families families, ComparisonControl.Guard guard) {
        families.gauge(
                        "proteus_guard_on",
                        "1 if the guard takes sessions back from libp2p where that is worse, else 0.",
                        one(guard.on() ? 1 : 0))
                .counter(
                        "proteus_guard_taken_back",
                        "Sessions that the guard took back from libp2p to legacy.",
                        one(guard.peersTakenBack()))
                .gauge(
                        "proteus_guard_node_taken_back_timestamp_seconds",
                        "When the guard last took the whole node back, in seconds since 1970; 0 if it never did.",
                        one(guard.nodeTakenBack()
                                .map(time -> time.toEpochMilli() / 1000.0)
                                .orElse(0.0)));
    }

    private static Values ends(Map<Stack, StackFigures> stacks) {
        Values values = new Values();
        stacks.forEach((stack, figures) -> {
            for (EndCause cause : EndCause.values()) {
                values.with(
                        figures.ends().getOrDefault(cause, 0L),
                        "stack",
                        PeerMetrics.name(stack),
                        "cause",
                        PeerMetrics.name(cause));
            }
        });
        return values;
    }

    private static HistogramSnapshot histogram(
            String name,
            String help,
            Map<Stack, StackFigures> stacks,
            Function<StackFigures, Distribution> figure,
            int coarser) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(name).help(help);
        stacks.forEach((stack, figures) -> {
            Distribution distribution = figure.apply(figures);
            histogram.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("stack", PeerMetrics.name(stack)))
                    .classicHistogramBuckets(buckets(distribution, coarser))
                    .sum(distribution.sum())
                    .build());
        });
        return histogram.build();
    }

    private static ClassicHistogramBuckets buckets(Distribution distribution, int coarser) {
        List<Double> bounds = distribution.bounds();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long count = 0;
        for (int index = 0; index < bounds.size(); index++) {
            count = sum(count, distribution.counts().get(index));
            if (index % coarser == 0) {
                buckets.bucket(bounds.get(index), count);
                count = 0;
            }
        }
        return buckets.bucket(
                        Double.POSITIVE_INFINITY,
                        sum(count, distribution.counts().getLast()))
                .build();
    }

    /** Counters that are full stay so. */
    private static long sum(long one, long other) {
        return Long.MAX_VALUE - one < other ? Long.MAX_VALUE : one + other;
    }
}
