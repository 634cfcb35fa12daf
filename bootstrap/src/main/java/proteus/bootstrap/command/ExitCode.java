package proteus.bootstrap.command;

/** The exit codes of every command, as {@code proteus --help} lists them. */
final class ExitCode {

    /** The command did what it was asked. */
    static final int OK = 0;

    /** The command ran and failed, or found a disagreement. */
    static final int FAILED = 1;

    /** The command line is wrong: nothing was run. */
    static final int MISUSE = 2;

    private ExitCode() {}
}
