package proteus.adapters.rpc.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics of one scrape, while they are collected. For one thread. */
final class Families {

    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    /** Values of one metric by their labels, in the order in which they were put in. */
    static final class Values {

        private final Map<Labels, Double> byLabels = new LinkedHashMap<>();

        /** One value, with names and values of labels by turns. */
        Values with(Number value, String... labels) {
            byLabels.put(Labels.of(labels), value.doubleValue());
            return this;
        }

        /** One value with these labels. */
        Values with(Number value, Map<String, String> labels) {
            byLabels.put(
                    Labels.of(
                            labels.keySet().toArray(String[]::new),
                            labels.values().toArray(String[]::new)),
                    value.doubleValue());
            return this;
        }
    }

    /** One value without labels. */
    static Values one(Number value) {
        return new Values().with(value);
    }

    /** Which of several states something is in: 1 for that one, else 0. */
    static <T> Values state(String label, Iterable<T> states, T now) {
        Values values = new Values();
        for (T state : states) {
            values.with(state.equals(now) ? 1 : 0, label, state.toString());
        }
        return values;
    }

    Families gauge(String name, String help, Values values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.byLabels.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return add(gauge.build());
    }

    /** The name is written with {@code _total} at its end, which must not be given. */
    Families counter(String name, String help, Values values) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        values.byLabels.forEach((labels, value) -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return add(counter.build());
    }

    /** The name is written with {@code _info} at its end, which must not be given. */
    Families info(String name, String help, String... labels) {
        return add(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(labels))
                        .build())
                .build());
    }

    Families add(MetricSnapshot snapshot) {
        all.metricSnapshot(snapshot);
        return this;
    }

    MetricSnapshots build() {
        return all.build();
    }
}
