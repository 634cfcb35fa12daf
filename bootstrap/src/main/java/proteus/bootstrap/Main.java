package proteus.bootstrap;

import proteus.bootstrap.command.ProteusCommandLine;

/** The entry point of the program. */
public final class Main {

    private Main() {}

    /**
     * Runs the command line and ends the process with the command's exit code.
     *
     * @param args the words after {@code proteus}
     */
    public static void main(String[] args) {
        System.exit(ProteusCommandLine.create().execute(args));
    }
}
