package planted.application.port;

/** A port. */
public interface InnocentPort {
    /** What the port's method takes. */
    record Request(int number) {}

    /** How it fails. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    void send(Request request) throws Failed;
}
