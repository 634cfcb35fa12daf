package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proteus.bootstrap.command.JsonLines.BadLineException;

/** Counts agreements by row and keeps every disagreement, to be printed as a table. */
final class Conformity {

    /** Characters that are shown of a value, around the first difference. */
    private static final int SHOWN = 100;

    private final String rowTitle;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> disagreements = new ArrayList<>();

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
            disagree(row, line, what + ": " + difference(String.valueOf(expected), String.valueOf(actual)));
        }
    }

    /** Keeps a line that is not what the command reads. */
    void unreadable(int line, BadLineException fault) {
        disagree("unreadable", line, String.valueOf(fault.getMessage()));
    }

    /** Keeps a disagreement that is no comparison. */
    void disagree(String row, int line, String problem) {
        row(row).disagreements++;
        disagreements.add("line " + line + ", " + row + ": " + problem);
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
        if (checks == 0) {
            out.println("Nothing was compared: the file has no line that this command reads.");
            out.flush();
            return ExitCode.FAILED;
        }
        out.printf("%d lines, %d checks, %d disagreements%n", lines, checks, disagreements.size());
        out.flush();
        return disagreements.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, ignored -> new Row());
    }

    /** Both texts, cut to the surroundings of their first difference where they are long. */
    private static String difference(String expected, String actual) {
        int at = 0;
        while (at < Math.min(expected.length(), actual.length()) && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - SHOWN / 4);
        return "expected " + window(expected, from) + ", computed " + window(actual, from)
                + (from > 0 ? " (from character " + from + " on)" : "");
    }

    private static String window(String text, int from) {
        int to = Math.min(text.length(), from + SHOWN);
        return (from > 0 ? "…" : "") + text.substring(Math.min(from, to), to) + (to < text.length() ? "…" : "");
    }

    private static final class Row {
        private long lines;
        private long checks;
        private long disagreements;
    }
}
