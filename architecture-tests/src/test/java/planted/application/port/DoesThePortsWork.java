package planted.application.port;

/** A port that has moved in with its work. */
public final class DoesThePortsWork implements InnocentPort {
    @Override
    public void send(Request request) throws Failed {
        throw new Failed();
    }
}
