package proteus.adapters.rpc.metrics;

import static proteus.adapters.rpc.metrics.Families.one;
import static proteus.adapters.rpc.metrics.Families.state;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import proteus.adapters.rpc.metrics.Families.Values;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.MoveOutcome;
import proteus.application.port.MoveTallies;
import proteus.application.port.MoveTallies.Gaps;
import proteus.application.port.NodeControl;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** How the migration from legacy to libp2p stands. Safe for use by many threads. */
final class MigrationMetrics {

    private static final Gaps NO_GAPS = new Gaps(Collections.nCopies(Gaps.BOUNDS.size() + 1, 0L), Duration.ZERO);

    private final NodeControl control;

    MigrationMetrics(NodeControl control) {
        this.control = control;
    }

    void addTo(Families families) {
        Status status = control.migration().status();
        families.gauge(
                        "proteus_migration_stage",
                        "1 for the stage of the migration that is set, else 0.",
                        state("stage", List.of(Stage.values()), status.rollout().stage()))
                .gauge(
                        "proteus_migration_share_ratio",
                        "The part of the peers that have libp2p too which the node moves there now, 0 to 1; 0 in every "
                                + "stage but migrate.",
                        one((double) status.rollout().effectiveShare() / Rollout.ALL))
                .gauge(
                        "proteus_migration_custom",
                        "1 if the node was told at its start to use stacks otherwise than the stage says, else 0.",
                        one(status.custom() ? 1 : 0))
                .gauge("proteus_sessions", "Sessions with peers by stack.", sessions(status))
                .gauge(
                        "proteus_sessions_moved",
                        "Sessions that are on libp2p because this node moved them there.",
                        one(status.movedByUs()))
                .gauge(
                        "proteus_sessions_moving",
                        "Sessions that this node is moving from one stack to the other now.",
                        one(status.moving()));
        MoveTallies tallies = control.migration().tallies();
        families.counter(
                        "proteus_cutovers",
                        "Attempts to move a session to a stack, by what came of them. Of these outcomes, lost and "
                                + "fell-back ones are failures that peers noticed.",
                        outcomes(tallies))
                .add(gaps(tallies));
    }

    private static Values sessions(Status status) {
        Values values = new Values();
        for (Stack stack : Stack.values()) {
            values.with(status.sessions().getOrDefault(stack, 0), "stack", PeerMetrics.name(stack));
        }
        return values;
    }

    private static Values outcomes(MoveTallies tallies) {
        Values values = new Values();
        for (Stack to : Stack.values()) {
            Map<MoveOutcome, Long> counts = tallies.outcomes().getOrDefault(to, Map.of());
            for (MoveOutcome outcome : MoveOutcome.values()) {
                values.with(
                        counts.getOrDefault(outcome, 0L), "to", PeerMetrics.name(to), "outcome", outcome.toString());
            }
        }
        return values;
    }

    private static HistogramSnapshot gaps(MoveTallies tallies) {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name("proteus_cutover_gap_seconds")
                .help("For how long a peer that was made to change to a stack could not be reached.");
        for (Stack to : Stack.values()) {
            Gaps gaps = tallies.gaps().getOrDefault(to, NO_GAPS);
            histogram.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("to", PeerMetrics.name(to)))
                    .classicHistogramBuckets(buckets(gaps))
                    .sum(seconds(gaps.sum()))
                    .build());
        }
        return histogram.build();
    }

    private static ClassicHistogramBuckets buckets(Gaps gaps) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int index = 0; index < Gaps.BOUNDS.size(); index++) {
            buckets.bucket(
                    seconds(Gaps.BOUNDS.get(index)), gaps.counts().get(index).longValue());
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, gaps.counts().getLast().longValue())
                .build();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
