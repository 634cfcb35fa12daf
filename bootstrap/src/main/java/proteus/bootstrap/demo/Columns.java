package proteus.bootstrap.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table of text. A cell that is wider than its column is cut, since peers choose what stands in some.
 *
 * @param columns from left to right
 */
record Columns(List<Column> columns) {

    private static final String CUT = "…";

    Columns {
        columns = List.copyOf(columns);
    }

    static Columns of(Column... columns) {
        return new Columns(List.of(columns));
    }

    /**
     * One column.
     *
     * @param title what stands above it
     * @param width in characters
     * @param isRight whether its cells stand at its right side
     */
    record Column(String title, int width, boolean isRight) {

        static Column left(String title, int width) {
            return new Column(title, width, false);
        }

        static Column right(String title, int width) {
            return new Column(title, width, true);
        }

        private String cell(String text) {
            String cut = text.length() > width ? text.substring(0, width - CUT.length()) + CUT : text;
            String space = " ".repeat(width - cut.length());
            return isRight ? space + cut : cut + space;
        }
    }

    /** The line above the others. */
    String titles() {
        return line(columns.stream().map(Column::title).toList());
    }

    /** The line with these cells, as many as there are columns or fewer. */
    String line(List<String> cells) {
        List<String> wide = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            wide.add(columns.get(i).cell(cells.get(i)));
        }
        return String.join(" ", wide).stripTrailing();
    }
}
