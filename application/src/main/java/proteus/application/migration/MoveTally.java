package proteus.application.migration;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.MoveTallies;
import proteus.application.port.MoveTallies.Gaps;
import proteus.application.port.Stack;

/** Counts what comes of moves, in memory that does not grow. Safe for use by many threads. */
final class MoveTally {

    private final Map<Stack, Map<MoveOutcome, Long>> outcomes = new EnumMap<>(Stack.class);
    private final Map<Stack, GapCount> gaps = new EnumMap<>(Stack.class);

    private static final class GapCount {
        private final long[] counts = new long[Gaps.BOUNDS.size() + 1];
        private Duration sum = Duration.ZERO;
    }

    synchronized void count(JournalEntry.Moved move) {
        outcomes.computeIfAbsent(move.to(), _ -> new EnumMap<>(MoveOutcome.class))
                .merge(move.outcome(), 1L, Long::sum);
        Optional<Duration> gap = move.gap();
        if (gap.isPresent()) {
            GapCount count = gaps.computeIfAbsent(move.to(), _ -> new GapCount());
            count.counts[classOf(gap.get())]++;
            count.sum = count.sum.plus(gap.get());
        }
    }

    private static int classOf(Duration gap) {
        int index = 0;
        while (index < Gaps.BOUNDS.size() && gap.compareTo(Gaps.BOUNDS.get(index)) > 0) {
            index++;
        }
        return index;
    }

    synchronized MoveTallies tallies() {
        return new MoveTallies(
                outcomes.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue()))),
                gaps.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> gaps(entry.getValue()))));
    }

    private static Gaps gaps(GapCount count) {
        return new Gaps(Arrays.stream(count.counts).boxed().toList(), count.sum);
    }
}
