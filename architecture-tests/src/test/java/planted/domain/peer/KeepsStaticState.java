package planted.domain.peer;

/** Remembers for the whole process. */
public final class KeepsStaticState {
    private static int calls;

    public int count() {
        calls++;
        return calls;
    }
}
