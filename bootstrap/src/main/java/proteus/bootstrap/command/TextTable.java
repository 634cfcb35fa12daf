package proteus.bootstrap.command;

import java.util.ArrayList;
import java.util.List;
import proteus.bootstrap.logging.Printable;

/** Lines of cells, each column as wide as its widest cell. What stands in a cell may come from anywhere. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** Adds a line with these cells, as many as the others have or fewer. */
    void add(List<String> cells) {
        List<String> row = cells.stream().map(Printable::of).toList();
        rows.add(row);
        for (int column = 0; column < row.size(); column++) {
            int width = row.get(column).length();
            if (column == widths.size()) {
                widths.add(width);
            } else {
                widths.set(column, Math.max(widths.get(column), width));
            }
        }
    }

    /** The lines, without space at their ends. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(widths.get(column) - cell.length()))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
