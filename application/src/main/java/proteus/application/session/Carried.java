package proteus.application.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;

/**
 * What carried a session until now.
 *
 * @param earlier what went over connections of each stack that are over
 * @param before the connection that carried it last, of which something may still be read
 * @param current the one that carries it
 */
record Carried(Map<Stack, Traffic> earlier, Optional<PeerConnection> before, PeerConnection current) {

    /** Carried by one connection so far. */
    static Carried firstBy(PeerConnection first) {
        return new Carried(Map.of(), Optional.empty(), first);
    }

    /** What has gone each way over all connections of each stack; a stack that had none may be missing. */
    Map<Stack, Traffic> traffic() {
        return with(withoutCurrent(), current);
    }

    private Map<Stack, Traffic> withoutCurrent() {
        return before.map(last -> with(earlier, last)).orElse(earlier);
    }

    private static Map<Stack, Traffic> with(Map<Stack, Traffic> sums, PeerConnection connection) {
        Map<Stack, Traffic> more = new EnumMap<>(Stack.class);
        more.putAll(sums);
        more.merge(connection.description().stack(), connection.traffic(), Traffic::plus);
        return more;
    }

    /** The same when {@code next} carries it. */
    Carried by(PeerConnection next) {
        return new Carried(withoutCurrent(), Optional.of(current), next);
    }
}
