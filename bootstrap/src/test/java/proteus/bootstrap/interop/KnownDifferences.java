package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Where Proteus differs from a real node, and why: which heights it challenges who announces a far longer chain to show is
 * drawn by lot; and a list of more than ten peers costs with it, as it did up to 0.14.3, since it uses such lists.
 */
final class KnownDifferences {

    /** How the lines begin that differ. */
    private static final List<String> BEGINNINGS =
            List.of("random block notification with pow witness ", "tells of 11 peers:");

    private KnownDifferences() {}

    /** Holds two tables against each other: they are to differ where it is known, and there only. */
    static List<String> assertTheOnlyOnes(List<String> real, List<String> proteus) {
        assertThat(proteus).hasSameSizeAs(real);
        List<String> unexpected = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < real.size(); i++) {
            String line = real.get(i);
            boolean isKnown = BEGINNINGS.stream().anyMatch(line::startsWith);
            if (line.equals(proteus.get(i)) == isKnown) {
                unexpected.add("real node: " + line + "\n  Proteus:   " + proteus.get(i));
            }
            if (isKnown) {
                known.add(line);
            }
        }
        assertThat(unexpected)
                .as("lines that differ and should not, or are equal and were known to differ")
                .isEmpty();
        return known;
    }
}
