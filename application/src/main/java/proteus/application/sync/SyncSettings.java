package proteus.application.sync;

/**
 * How a node catches up.
 *
 * @param threshold so many blocks more than this node's a peer's chain must have before it is challenged to show it, and
 *     then fetched in sync mode; 10 to 99999
 * @param memory the most bytes that fetched blocks take while they wait for those before them, positive
 */
public record SyncSettings(int threshold, long memory) {

    /** The least threshold: a challenge needs so many blocks. */
    public static final int LEAST_THRESHOLD = 10;

    /** The greatest threshold. */
    public static final int GREATEST_THRESHOLD = 99_999;

    /** Upstream's threshold, and 64 MiB. */
    public static final SyncSettings DEFAULT = new SyncSettings(100, 64L << 20);

    public SyncSettings {
        if (threshold < LEAST_THRESHOLD || threshold > GREATEST_THRESHOLD) {
            throw new IllegalArgumentException("threshold " + threshold);
        }
        if (memory <= 0) {
            throw new IllegalArgumentException("memory " + memory);
        }
    }
}
