package proteus.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thing that an operator can say, in any of the sources: the flag {@code --name}, the variable {@code PROTEUS_NAME},
 * the key {@code name} of the file.
 *
 * @param name the long name, without dashes
 * @param otherNames further names on the command line, with their dashes
 * @param shape how often it is said, and with what
 * @param kind how one value is read
 * @param label what the help calls a value; empty for a switch
 * @param description what the help says
 * @param heading under what it stands in the help
 */
public record Flag<T>(
        String name,
        List<String> otherNames,
        Shape shape,
        Kind<T> kind,
        String label,
        String description,
        Heading heading) {

    static final String VARIABLE_PREFIX = "PROTEUS_";

    /** How often a flag is said, and with what. */
    public enum Shape {
        /** Without a value, or {@code true} or {@code false}. */
        SWITCH,
        /** Once, with a value. */
        ONE,
        /** Once, with a value or without. */
        MAYBE,
        /** Any number of times, with a value each. */
        MANY
    }

    public Flag {
        otherNames = List.copyOf(otherNames);
    }

    static Flag<Boolean> toggle(Heading heading, String name, String description) {
        return new Flag<>(name, List.of(), Shape.SWITCH, Kind.truth(), "", description, heading);
    }

    static <T> Flag<T> one(Heading heading, String name, String label, Kind<T> kind, String description) {
        return new Flag<>(name, List.of(), Shape.ONE, kind, label, description, heading);
    }

    /** A flag whose value may be left out; it then reads as {@code true}, which {@code kind} never sees. */
    static <T> Flag<T> maybe(Heading heading, String name, String label, Kind<T> kind, String description) {
        return new Flag<>(name, List.of(), Shape.MAYBE, kind, label, description, heading);
    }

    static <T> Flag<T> many(Heading heading, String name, String label, Kind<T> kind, String description) {
        return new Flag<>(name, List.of(), Shape.MANY, kind, label, description, heading);
    }

    /** The same with one more name on the command line, dashes included. */
    Flag<T> or(String otherName) {
        List<String> names = new ArrayList<>(otherNames);
        names.add(otherName);
        return new Flag<>(name, names, shape, kind, label, description, heading);
    }

    /** Whether saying it has an effect; if not, it is read, warned about and forgotten. */
    public boolean isHonoured() {
        return heading.isHonoured();
    }

    /** As on the command line. */
    public String option() {
        return "--" + name;
    }

    /** As in the environment. */
    public String variable() {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
