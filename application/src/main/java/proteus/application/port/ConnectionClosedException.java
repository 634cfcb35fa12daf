package proteus.application.port;

/** Nothing more can be sent over a connection. */
public final class ConnectionClosedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, for the log. */
    public ConnectionClosedException(String reason) {
        super(reason);
    }
}
