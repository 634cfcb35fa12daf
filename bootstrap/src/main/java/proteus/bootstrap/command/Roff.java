package proteus.bootstrap.command;

import java.util.List;

/**
 * A text in the language of manual pages, with the macros of the package {@code man} that every Unix has. Not thread-safe.
 * Source: groff_man(7), man(7) of mandoc.
 */
final class Roff {

    private final StringBuilder page = new StringBuilder(1 << 16);

    /** The title line; before all else. */
    void title(String name, String version, String heading) {
        macro("TH", name, "1", "", version, heading);
        // Ragged right and without hyphens: flags are easier to find, and can be copied.
        line(".nh");
        line(".ad l");
    }

    void section(String name) {
        macro("SH", name);
    }

    void subsection(String name) {
        macro("SS", name);
    }

    /** Text in paragraphs of its own, one for each line that is not empty. */
    void paragraphs(List<String> texts) {
        texts.stream().flatMap(String::lines).filter(line -> !line.isBlank()).forEach(text -> {
            line(".PP");
            text(text);
        });
    }

    /** One paragraph in bold. */
    void bold(String text) {
        line(".PP");
        line("\\fB" + escaped(text) + "\\fR");
    }

    /** A thing and, indented, what is said of it, whose lines stay lines. */
    void item(String thing, String said) {
        line(".TP");
        line("\\fB" + escaped(thing) + "\\fR");
        String between = "";
        for (String text : said.lines().filter(line -> !line.isBlank()).toList()) {
            page.append(between);
            text(text);
            between = ".br\n";
        }
    }

    /** Lines as they are. */
    void example(List<String> lines) {
        line(".PP");
        line(".EX");
        lines.forEach(this::text);
        line(".EE");
    }

    private void text(String text) {
        String escaped = escaped(text);
        // What begins so would be an order to the formatter.
        line(escaped.startsWith(".") ? "\\&" + escaped : escaped);
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** Printable text as it is; what formatters would take for something else, or show as another character, by its name. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                    if (point < 0x7F) {
                        escaped.appendCodePoint(point);
                    } else {
                        escaped.append(String.format("\\[u%04X]", point));
                    }
                }
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
