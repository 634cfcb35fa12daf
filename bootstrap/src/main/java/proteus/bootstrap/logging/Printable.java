package proteus.bootstrap.logging;

import java.util.function.IntPredicate;

/** Makes text from outside safe to print: nothing in it can move the cursor, change colours or reorder a line. */
public final class Printable {

    private Printable() {}

    /** The same text with a question mark for every character that a terminal would act on. */
    public static String of(String text) {
        return replaced(text, Printable::isActedOn);
    }

    /** The same, but that ends of lines and tabs stay: for text of many lines. */
    static String ofLines(String text) {
        return replaced(text, c -> isActedOn(c) && c != '\n' && c != '\r' && c != '\t');
    }

    private static String replaced(String text, IntPredicate unwanted) {
        return text.codePoints()
                .map(c -> unwanted.test(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isActedOn(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
