package planted.domain.hash;

/** Calls the clock. */
public final class ReadsTheClock {
    public long age(long since) {
        return System.currentTimeMillis() - since;
    }
}
