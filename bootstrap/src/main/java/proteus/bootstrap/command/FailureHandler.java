package proteus.bootstrap.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Shows an expected failure as one line, and anything else as the defect of the program that it is. */
final class FailureHandler implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        if (failure instanceof CommandFailedException || failure instanceof IOException) {
            err.println(line.getColorScheme().errorText(name + ": " + reason(failure)));
        } else {
            err.println(line.getColorScheme().errorText(name + ": a defect in Proteus ended this command"));
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.FAILED;
    }

    /** The messages of file exceptions are bare file names. */
    private static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case AccessDeniedException denied -> "no permission to read " + denied.getFile();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
