package proteus.bootstrap.command;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import proteus.application.port.JournalEntry;
import proteus.application.port.Stack;

/** Shows the journal of a migration to people, one line an entry. */
final class JournalText {

    private static final DateTimeFormatter TO_MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final double MICROS_PER_MILLISECOND = 1000.0;

    private JournalText() {}

    static List<String> lines(List<JournalEntry> entries) {
        TextTable beginnings = new TextTable();
        TextTable moves = new TextTable();
        for (JournalEntry entry : entries) {
            switch (entry) {
                case JournalEntry.StageChanged change ->
                    beginnings.add(List.of(
                            time(change.time()),
                            "stage",
                            change.from() + " -> " + change.to() + "  " + change.cause()));
                case JournalEntry.Moved moved -> moves.add(cells(moved));
            }
        }
        return merged(entries, beginnings.lines(), moves.lines());
    }

    private static List<String> cells(JournalEntry.Moved moved) {
        return List.of(
                time(moved.time()),
                "move ",
                moved.peer().toString(),
                "-> " + name(moved.to()),
                moved.outcome().toString(),
                moved.gap().map(JournalText::gap).orElse("no gap"),
                moved.cause(),
                moved.detail());
    }

    private static List<String> merged(List<JournalEntry> entries, List<String> changes, List<String> moves) {
        var change = changes.iterator();
        var move = moves.iterator();
        return entries.stream()
                .map(entry -> switch (entry) {
                    case JournalEntry.StageChanged _ -> change.next();
                    case JournalEntry.Moved _ -> move.next();
                })
                .toList();
    }

    /** ISO 8601, to the millisecond, so that all are equally long. */
    static String time(Instant time) {
        return TO_MILLISECONDS.format(time);
    }

    private static String gap(Duration gap) {
        return String.format(Locale.ROOT, "gap %.1f ms", TimeUnit.MICROSECONDS.convert(gap) / MICROS_PER_MILLISECOND);
    }

    private static String name(Stack stack) {
        return stack.name().toLowerCase(Locale.ROOT);
    }
}
