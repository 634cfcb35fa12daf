package planted.adapters.persistence;

import planted.application.port.InnocentPort;

/** An adapter behind its port. */
public final class InnocentStore implements InnocentPort {
    @Override
    public void send(Request request) throws Failed {
        throw new Failed();
    }
}
