package proteus.application.comparison;

import java.util.EnumMap;
import java.util.Map;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.comparison.Buckets;
import proteus.domain.comparison.Histogram;

/**
 * What is measured of one stack, with one peer or with all, in memory that does not grow: 2.4 kB once there was a value of each
 * figure. What cannot be measured, such as a negative time, does not count. Safe for use by many threads.
 */
final class StackMeter {

    private final Histogram roundTrip = new Histogram(Buckets.TIMES);
    private final Histogram handshake = new Histogram(Buckets.TIMES);
    private final Histogram session = new Histogram(Buckets.SESSIONS);
    private final Histogram blockRate = new Histogram(Buckets.RATES);
    private final Map<EndCause, Long> ends = new EnumMap<>(EndCause.class);

    synchronized void roundTrip(double seconds) {
        roundTrip.record(seconds);
    }

    synchronized void handshake(double seconds) {
        handshake.record(seconds);
    }

    synchronized void session(double seconds) {
        session.record(seconds);
    }

    synchronized void blockRate(double bytesPerSecond) {
        blockRate.record(bytesPerSecond);
    }

    synchronized void ended(EndCause why) {
        ends.merge(why, 1L, Long::sum);
    }

    synchronized StackFigures figures(Traffic traffic) {
        return new StackFigures(
                roundTrip.snapshot(), handshake.snapshot(), session.snapshot(), blockRate.snapshot(), traffic, ends);
    }
}
