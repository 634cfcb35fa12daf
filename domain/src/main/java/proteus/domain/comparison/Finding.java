package proteus.domain.comparison;

/**
 * What comes of a comparison.
 *
 * @param level how libp2p does
 * @param text figure and threshold, for people
 */
public record Finding(Level level, String text) {

    /** How libp2p does, the best first. */
    public enum Level {
        /** Nobody can tell: too little was measured. */
        UNKNOWN,
        /** Not worse. */
        GOOD,
        /** Neither good nor worse by the threshold. */
        BETWEEN,
        /** Worse by more than the threshold. */
        WORSE
    }

    /** The worse of both; of two alike the first. */
    Finding orWorse(Finding other) {
        return other.level.compareTo(level) > 0 ? other : this;
    }
}
