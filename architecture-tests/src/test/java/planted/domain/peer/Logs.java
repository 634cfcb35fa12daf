package planted.domain.peer;

/** Writes a log. */
public final class Logs {
    private static final System.Logger LOG = System.getLogger("planted");

    public void note(String what) {
        LOG.log(System.Logger.Level.INFO, what);
    }
}
