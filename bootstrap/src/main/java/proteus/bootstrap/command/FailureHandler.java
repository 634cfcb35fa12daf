package proteus.bootstrap.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Shows an expected failure as one line, and anything else as the defect of the program that it is. */
final class FailureHandler implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        if (failure instanceof CommandFailedException) {
            err.println(line.getColorScheme().errorText(name + ": " + failure.getMessage()));
        } else {
            err.println(line.getColorScheme().errorText(name + ": a defect in Proteus ended this command"));
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.FAILED;
    }
}
