package proteus.bootstrap.command;

/** The exit codes of every command, as {@code proteus --help} lists them. */
final class ExitCode {

    /** The command did what it was asked. */
    static final int OK = 0;

    /** The command ran and failed, or found a disagreement. */
    static final int FAILED = 1;

    /** The command line is wrong: nothing was run. */
    static final int MISUSE = 2;

    /** What Java itself ends with when it is told, as the launcher tells it, to exit when memory runs out. */
    static final int OUT_OF_MEMORY = 3;

    private ExitCode() {}
}
