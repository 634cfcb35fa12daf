package planted.domain.block;

/** Runs something beside its caller. */
public final class StartsAThread {
    public Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
    }
}
