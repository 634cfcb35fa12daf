package proteus.adapters.rpc.metrics;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proteus.adapters.rpc.metrics.Families.Values;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;
import proteus.application.port.StoreException;

/** What the parts of a node tell of themselves. Safe for use by many threads. */
final class InstrumentMetrics {

    private static final System.Logger LOGGER = System.getLogger(InstrumentMetrics.class.getName());

    private final List<Instrument> instruments;

    InstrumentMetrics(List<Instrument> instruments) {
        this.instruments = List.copyOf(instruments);
    }

    /** The measurements of one name. */
    private record Family(Measurement first, Values values) {}

    /** What cannot be read is left out, and told: the rest is needed most when something is wrong. */
    void addTo(Families families) {
        Map<String, Family> byName = new LinkedHashMap<>();
        for (Instrument instrument : instruments) {
            try {
                instrument.measurements().forEach(measurement -> add(measurement, byName));
            } catch (StoreException failure) {
                LOGGER.log(Level.WARNING, "metrics without what a store tells: {0}", failure.getMessage());
            }
        }
        for (Family family : byName.values()) {
            Measurement first = family.first;
            switch (first.kind()) {
                case COUNTER -> families.counter(first.name(), first.help(), family.values);
                case GAUGE -> families.gauge(first.name(), first.help(), family.values);
            }
        }
    }

    private static void add(Measurement measurement, Map<String, Family> byName) {
        byName.computeIfAbsent(measurement.name(), _ -> new Family(measurement, new Values()))
                .values
                .with(measurement.value(), measurement.labels());
    }
}
