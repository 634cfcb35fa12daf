package proteus.bootstrap.config;

/** A value that its flag does not take. The message names the value and what would be taken. */
public final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message);
    }
}
