package proteus.adapters.libp2p.engine.perf;

/**
 * How much one stream may cost a server.
 *
 * @param uploadBytes how many bytes the remote may send, besides the eight that say what it wants; not negative
 * @param downloadBytes how many bytes the remote may want; not negative
 */
public record PerfLimits(long uploadBytes, long downloadBytes) {

    /** @throws IllegalArgumentException if one of them is negative */
    public PerfLimits {
        if (uploadBytes < 0 || downloadBytes < 0) {
            throw new IllegalArgumentException("negative: " + uploadBytes + " up, " + downloadBytes + " down");
        }
    }
}
