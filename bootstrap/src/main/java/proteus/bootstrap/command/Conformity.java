package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts agreements by row and keeps every disagreement, to be printed as a table. */
final class Conformity {

    /** Disagreements that are printed in full; beyond that only their number is. */
    private static final int PRINTED = 200;

    private final String rowTitle;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> disagreements = new ArrayList<>();
    private long disagreed;

    Conformity(String rowTitle) {
        this.rowTitle = rowTitle;
    }

    /** Counts one line of {@code row}. */
    void line(String row) {
        row(row).lines++;
    }

    /** Compares, and keeps the disagreement if there is one. */
    void check(String row, int line, String what, Object expected, Object actual) {
        row(row).checks++;
        if (!expected.equals(actual)) {
            disagree(row, line, what + ": expected " + shortened(expected) + ", computed " + shortened(actual));
        }
    }

    /** Keeps a disagreement that is no comparison. */
    void disagree(String row, int line, String problem) {
        row(row).disagreements++;
        disagreed++;
        if (disagreements.size() < PRINTED) {
            disagreements.add("line " + line + ", " + row + ": " + problem);
        }
    }

    /** Prints the table and all disagreements; returns the exit code, 0 only if something was compared and all agreed. */
    int report(PrintWriter out) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(width, rowTitle.length());
        String format = "%-" + width + "s  %7s  %7s  %s%n";
        out.printf(format, rowTitle, "lines", "checks", "result");
        rows.forEach((name, row) -> out.printf(
                format,
                name,
                row.lines,
                row.checks,
                row.disagreements == 0 ? "agrees" : row.disagreements + " disagree"));
        long lines = rows.values().stream().mapToLong(row -> row.lines).sum();
        long checks = rows.values().stream().mapToLong(row -> row.checks).sum();
        disagreements.forEach(problem -> out.println("DISAGREES " + problem));
        if (disagreed > disagreements.size()) {
            out.println("… and " + (disagreed - disagreements.size()) + " more");
        }
        if (checks == 0) {
            out.println("Nothing was compared: the file has no line that this command reads.");
            out.flush();
            return ExitCode.FAILED;
        }
        out.printf("%d lines, %d checks, %d disagreements%n", lines, checks, disagreed);
        out.flush();
        return disagreed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, ignored -> new Row());
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "… (" + text.length() + " characters)";
    }

    private static final class Row {
        private long lines;
        private long checks;
        private long disagreements;
    }
}
