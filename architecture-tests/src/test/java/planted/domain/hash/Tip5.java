package planted.domain.hash;

/** Hashes, in the way that it is told. */
public final class Tip5 {

    private Tip5() {}

    /** Takes another way. */
    public static void accelerate(Runnable way) {
        way.run();
    }
}
