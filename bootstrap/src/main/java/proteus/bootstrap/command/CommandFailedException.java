package proteus.bootstrap.command;

/**
 * A command could not do its work for a reason outside the program, such as a file that cannot be read. The message is
 * shown alone, without a stack trace, and the exit code is {@link ExitCode#FAILED}.
 */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
