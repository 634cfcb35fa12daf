package planted.adapters.rpc;

/** Ends more than itself. */
public final class EndsTheProcess {
    public void stop() {
        System.exit(0);
    }
}
