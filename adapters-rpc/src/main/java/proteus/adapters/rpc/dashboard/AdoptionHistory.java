package proteus.adapters.rpc.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How many sessions there were on each stack, over time: the last ten minutes by the second, the last twelve hours by the minute,
 * the last fifteen days by the half hour. So many points are the most, whatever peers do. Safe for use by many threads.
 */
final class AdoptionHistory {

    private final List<Scale> scales = List.of(
            new Scale(Duration.ofSeconds(1), 600),
            new Scale(Duration.ofMinutes(1), 720),
            new Scale(Duration.ofMinutes(30), 720));

    /**
     * What there was at a moment.
     *
     * @param time in milliseconds since the epoch
     */
    record Point(long time, int legacy, int libp2p) {}

    /**
     * What there was over some time, the oldest first.
     *
     * @param step between two points, in milliseconds
     */
    record Series(long step, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }

        /** The latest point. */
        Point last() {
            return points.getLast();
        }
    }

    private static final class Scale {

        private final long step;
        private final int most;
        private final Deque<Point> points = new ArrayDeque<>();

        private Scale(Duration step, int most) {
            this.step = step.toMillis();
            this.most = most;
        }

        /** A clock that was put back makes the points after it nonsense. */
        private void add(Point point) {
            points.removeIf(later -> later.time() > point.time());
            if (!points.isEmpty() && point.time() / step == points.getLast().time() / step) {
                return;
            }
            points.add(point);
            if (points.size() > most) {
                points.remove();
            }
        }
    }

    /** What there is now. */
    synchronized void add(Instant now, int legacy, int libp2p) {
        Point point = new Point(now.toEpochMilli(), legacy, libp2p);
        scales.forEach(scale -> scale.add(point));
    }

    /** All of it, the finest steps first. */
    synchronized List<Series> series() {
        List<Series> all = new ArrayList<>();
        scales.forEach(scale -> all.add(new Series(scale.step, List.copyOf(scale.points))));
        return all;
    }
}
