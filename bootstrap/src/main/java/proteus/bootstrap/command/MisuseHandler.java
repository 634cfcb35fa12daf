package proteus.bootstrap.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with what is wrong and where to read more, and not with pages of help. */
final class MisuseHandler implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException misuse, String[] args) {
        CommandLine line = misuse.getCommandLine();
        PrintWriter err = line.getErr();
        CommandLine.Help.ColorScheme colours = line.getColorScheme();
        String name = line.getCommandSpec().qualifiedName();
        err.println(colours.errorText(name + ": " + misuse.getMessage()));
        UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println(colours.text("Try '" + name + " --help'."));
        err.flush();
        return ExitCode.MISUSE;
    }
}
