package proteus.application.port;

import java.util.Map;

/**
 * A number that a part of the node tells of itself, for whoever watches the node.
 *
 * @param name what is measured, in the form of Prometheus: with its base unit, without {@code _total} at its end
 * @param help one sentence for people
 * @param kind how it changes
 * @param labels what tells it from others of the same name, of a set of values that is known before; may be empty
 * @param value the number
 */
public record Measurement(String name, String help, Kind kind, Map<String, String> labels, double value) {

    public Measurement {
        labels = Map.copyOf(labels);
    }

    /** How a number changes. */
    public enum Kind {
        /** It never sinks while the process runs. */
        COUNTER,
        /** It rises and sinks. */
        GAUGE
    }

    /** A number that rises and sinks, without labels. */
    public static Measurement gauge(String name, String help, Number value) {
        return new Measurement(name, help, Kind.GAUGE, Map.of(), value.doubleValue());
    }

    /** The same with a label. */
    public static Measurement gauge(String name, String help, String label, String of, Number value) {
        return new Measurement(name, help, Kind.GAUGE, Map.of(label, of), value.doubleValue());
    }

    /** A number that never sinks, without labels. */
    public static Measurement counter(String name, String help, Number value) {
        return new Measurement(name, help, Kind.COUNTER, Map.of(), value.doubleValue());
    }

    /** The same with a label. */
    public static Measurement counter(String name, String help, String label, String of, Number value) {
        return new Measurement(name, help, Kind.COUNTER, Map.of(label, of), value.doubleValue());
    }
}
