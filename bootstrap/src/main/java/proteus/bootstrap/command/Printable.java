package proteus.bootstrap.command;

/** Makes text from outside safe to print: nothing in it can move the cursor, change colours or reorder a line. */
final class Printable {

    private Printable() {}

    /** The same text with a question mark for every character that a terminal would act on. */
    static String of(String text) {
        return text.codePoints()
                .map(c -> isActedOn(c) ? '?' : c)
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
