package proteus.domain.peer;

/**
 * The dot-separated identifiers in the pre-release and build parts of a version.
 *
 * <p>Numbers here have any number of digits, so they stay text. Source of the order: the Rust crate semver 1.
 */
final class VersionIdentifiers {

    private VersionIdentifiers() {}

    static boolean arePreRelease(String text) {
        return areIdentifiers(text, false);
    }

    static boolean areBuildMetadata(String text) {
        return areIdentifiers(text, true);
    }

    private static boolean areIdentifiers(String text, boolean leadingZeros) {
        for (String identifier : text.split("\\.", -1)) {
            boolean wellFormed = !identifier.isEmpty()
                    && hasOnlyIdentifierCharacters(identifier)
                    && (leadingZeros || !isNumeric(identifier) || !hasLeadingZero(identifier));
            if (!wellFormed) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} is one or more ASCII digits. */
    static boolean isNumeric(String text) {
        // Peers send long lists of what is read with this: a loop takes no memory.
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether {@code number} has a zero in front that it could do without. */
    static boolean hasLeadingZero(String number) {
        return number.length() > 1 && number.charAt(0) == '0';
    }

    private static boolean hasOnlyIdentifierCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isIdentifierCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentifierCharacter(int character) {
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '-';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /**
     * Orders two lists identifier by identifier, a list before its continuations. A number comes before a word; words
     * go by their ASCII characters, numbers by value and then by how many leading zeros they have, fewer first.
     */
    static int compare(String left, String right) {
        String[] lefts = left.split("\\.", -1);
        String[] rights = right.split("\\.", -1);
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = compareIdentifiers(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    private static int compareIdentifiers(String left, String right) {
        // The identifier of an empty list counts as a number, the least of all.
        boolean leftIsNumber = left.isEmpty() || isNumeric(left);
        boolean rightIsNumber = right.isEmpty() || isNumeric(right);
        if (leftIsNumber != rightIsNumber) {
            return leftIsNumber ? -1 : 1;
        }
        return leftIsNumber ? compareNumbers(left, right) : left.compareTo(right);
    }

    private static int compareNumbers(String left, String right) {
        String leftValue = withoutLeadingZeros(left);
        String rightValue = withoutLeadingZeros(right);
        if (leftValue.length() != rightValue.length()) {
            return Integer.compare(leftValue.length(), rightValue.length());
        }
        int order = leftValue.compareTo(rightValue);
        return order != 0 ? order : Integer.compare(left.length(), right.length());
    }

    private static String withoutLeadingZeros(String number) {
        int start = 0;
        while (start < number.length() && number.charAt(start) == '0') {
            start++;
        }
        return number.substring(start);
    }
}
