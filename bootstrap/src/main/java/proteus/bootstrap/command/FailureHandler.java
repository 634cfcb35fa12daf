package proteus.bootstrap.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import proteus.application.port.StoreException;

/** Shows an expected failure as one line, with what to do about a store, and anything else as the defect of the program that it is. */
final class FailureHandler implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        if (failure instanceof StoreException store) {
            err.println(line.getColorScheme().errorText(name + ": " + store.getMessage()));
            advice(store).ifPresent(err::println);
            err.flush();
            return ExitCode.of(store.reason());
        }
        if (failure instanceof CommandFailedException || failure instanceof IOException) {
            err.println(line.getColorScheme().errorText(name + ": " + reason(failure)));
        } else {
            err.println(line.getColorScheme().errorText(name + ": a defect in Proteus ended this command"));
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.FAILED;
    }

    /** What to do with the commands of this program; the message says what is wrong. */
    private static Optional<String> advice(StoreException failure) {
        return switch (failure.reason()) {
            case LOCKED ->
                Optional.of("Stop the node that has it open, or give this one another --data-dir or --network.");
            case NEWER_SCHEMA ->
                ofBackups(failure, "A backup that this version wrote can be restored: proteus store restore DIR.");
            case CORRUPT -> ofBackups(failure, "A backup is restored by: proteus store restore DIR.");
            case OTHER_NETWORK, IO, CLOSED -> Optional.empty();
        };
    }

    private static Optional<String> ofBackups(StoreException failure, String advice) {
        return switch (failure.store()) {
            case PEERS -> Optional.of(advice);
            case CHAIN -> Optional.empty();
        };
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
