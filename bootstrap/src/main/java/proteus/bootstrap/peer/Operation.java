package proteus.bootstrap.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be tried out on a remote peer. */
public enum Operation {
    /** Asks who it is. */
    IDENTIFY,
    /** Measures round trips. */
    PING,
    /** Has bytes sent back, and compares them. */
    ECHO,
    /** Measures sending. */
    PERF_UP,
    /** Measures receiving. */
    PERF_DOWN,
    /** Has bytes sent back on many streams at once. */
    STREAMS,
    /** Measures from the start of the dial until one byte is back. */
    RTT,
    /** Resets a stream, has one reset, and looks whether the connection goes on. */
    RESET;

    /** The name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation of that name. */
    public static Optional<Operation> of(String text) {
        return Arrays.stream(values())
                .filter(operation -> operation.text().equals(text))
                .findFirst();
    }

    /** How many of what it does, if nobody says. */
    public int usualCount() {
        return switch (this) {
            case PING -> 3;
            case STREAMS -> 100;
            case IDENTIFY, ECHO, PERF_UP, PERF_DOWN, RTT, RESET -> 1;
        };
    }

    /** All names, for a message. */
    public static String names() {
        return Arrays.stream(values()).map(Operation::text).collect(Collectors.joining(", "));
    }
}
