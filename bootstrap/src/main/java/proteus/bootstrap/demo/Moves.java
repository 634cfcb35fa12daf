package proteus.bootstrap.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;

/**
 * What came of all moves, as the journals of a demo's nodes say.
 *
 * @param gaps by outcome: for how long each peer could not be reached, shortest first
 * @param counts by outcome: how many there were, also those that gave nothing up
 */
record Moves(Map<MoveOutcome, List<Duration>> gaps, Map<MoveOutcome, Integer> counts) {

    /** Of all nodes. Both ends of a move between two of them write it down. */
    static Moves of(DemoState state) {
        Map<MoveOutcome, List<Duration>> gaps = new TreeMap<>();
        Map<MoveOutcome, Integer> counts = new TreeMap<>();
        for (DemoState.OfNode node : state.nodes()) {
            for (JournalEntry.Moved moved : node.migration().moves()) {
                counts.merge(moved.outcome(), 1, Integer::sum);
                moved.gap()
                        .ifPresent(gap -> gaps.computeIfAbsent(moved.outcome(), _ -> new ArrayList<>())
                                .add(gap));
            }
        }
        gaps.values().forEach(times -> times.sort(null));
        return new Moves(gaps, counts);
    }

    int count(MoveOutcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** A line for each outcome. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach((outcome, count) -> lines.add("  " + outcome + ": " + count + gap(outcome)));
        return lines;
    }

    private String gap(MoveOutcome outcome) {
        List<Duration> times = gaps.getOrDefault(outcome, List.of());
        return times.isEmpty()
                ? ", nothing was given up for it"
                : ", gap " + text(times.get(times.size() / 2)) + " in the median, " + text(times.getLast())
                        + " at most";
    }

    /** Such as {@code 0.4 ms} or {@code 2.5 s}. */
    static String text(Duration gap) {
        double millis = gap.toNanos() / 1e6;
        return millis < 1000
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
