package proteus.application.port;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of the moves of sessions since the process began.
 *
 * @param outcomes how often an attempt to move a session to a stack came to an outcome; what never happened may be missing
 * @param gaps for how long peers that changed to a stack could not be reached; a stack to which none did may be missing
 */
public record MoveTallies(Map<Stack, Map<MoveOutcome, Long>> outcomes, Map<Stack, Gaps> gaps) {

    /** Of a node that moved nobody. */
    public static final MoveTallies NONE = new MoveTallies(Map.of(), Map.of());

    public MoveTallies {
        outcomes = Map.copyOf(outcomes);
        gaps = Map.copyOf(gaps);
    }

    /**
     * Gaps by their length.
     *
     * @param counts how many gaps there were up to the first of {@link #BOUNDS}, then up to the second but not the first,
     *     and so on; the last one counts those beyond all bounds
     * @param sum of all gaps
     */
    public record Gaps(List<Long> counts, Duration sum) {

        /** The longest gap of each class but the last, which has none. */
        public static final List<Duration> BOUNDS = List.of(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(2500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));

        public Gaps {
            counts = List.copyOf(counts);
            if (counts.size() != BOUNDS.size() + 1) {
                throw new IllegalArgumentException("classes of gaps: " + counts.size());
            }
        }
    }
}
