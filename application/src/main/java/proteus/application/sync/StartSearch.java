package proteus.application.sync;

/**
 * Looks for the highest block of the anchor's chain that is stored here, by asking for few of its blocks.
 *
 * <p>A block is stored only after its parent, so whatever is below a stored one is stored. First the block at the own
 * tip's height is looked at, then those twice as far away each time, up or down, then the middle of what is left: twice
 * the logarithm of the distance. Upstream draws heights at random until it hits a stored one. Not safe for many threads.
 */
final class StartSearch {

    private final long target;
    private long stored;
    private long missing;
    private long probe;
    private long step = 1;

    /**
     * A search that has not begun.
     *
     * @param own the height of the own tip, not negative
     * @param target the height of the anchor's tip, which is taken to be missing; positive
     */
    StartSearch(long own, long target) {
        this.target = target;
        missing = target + 1;
        probe = Math.min(own, target);
        if (probe == 0) {
            probe = 1;
        }
    }

    /** The height to look at next. */
    long probe() {
        return probe;
    }

    boolean isOver() {
        return stored + 1 == missing;
    }

    /** The height of the highest stored block, when the search is over. */
    long highestStored() {
        return stored;
    }

    /** What was found at the height that was asked for. */
    void found(boolean isStored) {
        if (isStored) {
            stored = probe;
        } else {
            missing = probe;
        }
        if (isOver()) {
            return;
        }
        if (stored == 0) {
            probe = Math.max(missing - step, 1);
            step = Math.min(2 * step, target);
            if (probe == 1) {
                probe = missing / 2;
            }
        } else if (missing > target) {
            probe = Math.min(stored + step, target);
            step = Math.min(2 * step, target);
        } else {
            probe = stored + (missing - stored) / 2;
        }
        probe = Math.clamp(probe, stored + 1, missing - 1);
    }
}
