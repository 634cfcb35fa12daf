package proteus.domain.peer;

import java.util.Comparator;
import java.util.Optional;

/**
 * A version of the form {@code major.minor.patch[-preRelease][+buildMetadata]}.
 *
 * <p>Read and ordered as the Rust crate semver 1 does, which upstream uses on what peers send. Its order is total: the
 * numbers first, then the pre-release (a version with one comes before the same version without), then the build
 * metadata (none comes first), which plain semantic versioning would ignore. So {@code 0.19.0-rc.1 < 0.19.0 <
 * 0.19.0+a < 0.19.1-alpha < 0.19.1}.
 *
 * @param major an unsigned 64-bit number
 * @param minor an unsigned 64-bit number
 * @param patch an unsigned 64-bit number
 * @param preRelease identifiers joined by dots, without leading zeros in numeric ones; empty if there are none
 * @param buildMetadata identifiers joined by dots; empty if there are none
 */
public record SemanticVersion(long major, long minor, long patch, String preRelease, String buildMetadata)
        implements Comparable<SemanticVersion> {

    private static final String MAX_U64 = "18446744073709551615";

    private static final Comparator<SemanticVersion> ORDER = Comparator.<SemanticVersion, Long>comparing(
                    SemanticVersion::major, Long::compareUnsigned)
            .thenComparing(SemanticVersion::minor, Long::compareUnsigned)
            .thenComparing(SemanticVersion::patch, Long::compareUnsigned)
            .thenComparing(SemanticVersion::preRelease, SemanticVersion::comparePreRelease)
            .thenComparing(SemanticVersion::buildMetadata, VersionIdentifiers::compare);

    public SemanticVersion {
        if (!preRelease.isEmpty() && !VersionIdentifiers.arePreRelease(preRelease)) {
            throw new IllegalArgumentException("not a pre-release: " + preRelease);
        }
        if (!buildMetadata.isEmpty() && !VersionIdentifiers.areBuildMetadata(buildMetadata)) {
            throw new IllegalArgumentException("not build metadata: " + buildMetadata);
        }
    }

    /** The released version with these unsigned 64-bit numbers. */
    public static SemanticVersion of(long major, long minor, long patch) {
        return new SemanticVersion(major, minor, patch, "", "");
    }

    /**
     * Reads a version; empty if {@code text} is none.
     *
     * <p>Strict: exactly three numbers below 2<sup>64</sup> without leading zeros, no {@code v} in front, no white
     * space, no empty identifier.
     */
    public static Optional<SemanticVersion> parse(String text) {
        int plus = text.indexOf('+');
        String beforeBuild = plus < 0 ? text : text.substring(0, plus);
        int hyphen = beforeBuild.indexOf('-');
        String numbers = hyphen < 0 ? beforeBuild : beforeBuild.substring(0, hyphen);
        String preRelease = hyphen < 0 ? "" : beforeBuild.substring(hyphen + 1);
        String buildMetadata = plus < 0 ? "" : text.substring(plus + 1);
        if (hyphen >= 0 && !VersionIdentifiers.arePreRelease(preRelease)) {
            return Optional.empty();
        }
        if (plus >= 0 && !VersionIdentifiers.areBuildMetadata(buildMetadata)) {
            return Optional.empty();
        }
        String[] parts = numbers.split("\\.", -1);
        if (parts.length != 3 || !isU64(parts[0]) || !isU64(parts[1]) || !isU64(parts[2])) {
            return Optional.empty();
        }
        return Optional.of(new SemanticVersion(
                Long.parseUnsignedLong(parts[0]),
                Long.parseUnsignedLong(parts[1]),
                Long.parseUnsignedLong(parts[2]),
                preRelease,
                buildMetadata));
    }

    private static boolean isU64(String text) {
        if (!VersionIdentifiers.isNumeric(text) || VersionIdentifiers.hasLeadingZero(text)) {
            return false;
        }
        return text.length() < MAX_U64.length() || (text.length() == MAX_U64.length() && text.compareTo(MAX_U64) <= 0);
    }

    /** Whether this version comes after {@code other}. */
    public boolean isAfter(SemanticVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    private static int comparePreRelease(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        return VersionIdentifiers.compare(left, right);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return Long.toUnsignedString(major)
                + "."
                + Long.toUnsignedString(minor)
                + "."
                + Long.toUnsignedString(patch)
                + (preRelease.isEmpty() ? "" : "-" + preRelease)
                + (buildMetadata.isEmpty() ? "" : "+" + buildMetadata);
    }
}
