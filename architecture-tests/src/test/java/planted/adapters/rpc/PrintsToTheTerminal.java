package planted.adapters.rpc;

/** Writes where only the command line may. */
public final class PrintsToTheTerminal {
    public void say(String what) {
        System.out.println(what);
    }
}
