package proteus.application.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast blocks were applied lately. Not safe for many threads. */
final class Pace {

    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final Duration BETWEEN_MARKS = Duration.ofMillis(250);
    private static final double NANOS = 1e9;

    private final Deque<Mark> marks = new ArrayDeque<>();
    private long blocks;

    private record Mark(Instant at, long blocks) {}

    /** Begins to measure. */
    Pace(Instant now) {
        marks.add(new Mark(now, 0));
    }

    void applied(int more, Instant now) {
        blocks += more;
        if (Duration.between(marks.getLast().at, now).compareTo(BETWEEN_MARKS) >= 0) {
            marks.addLast(new Mark(now, blocks));
        }
    }

    /** Blocks a second over the last ten seconds or so; 0 before any time has passed. */
    double perSecond(Instant now) {
        while (marks.size() > 1 && Duration.between(marks.getFirst().at, now).compareTo(LATELY) > 0) {
            marks.removeFirst();
        }
        double seconds = Duration.between(marks.getFirst().at, now).toNanos() / NANOS;
        return seconds <= 0 ? 0 : (blocks - marks.getFirst().blocks) / seconds;
    }

    /** How long so many more take at this pace; empty while nothing moves. */
    Optional<Duration> timeFor(long more, Instant now) {
        double pace = perSecond(now);
        return pace <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((long) Math.ceil(more / pace)));
    }
}
