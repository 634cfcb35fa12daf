package proteus.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
public final class Suggestion {

    private Suggestion() {}

    /** A question after the nearest of {@code known}, such as {@code ; did you mean peer?}; empty if none is near. */
    public static String after(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** How many characters must be put in, taken out or changed to make one of the other. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
