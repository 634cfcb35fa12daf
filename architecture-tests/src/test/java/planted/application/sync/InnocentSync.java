package planted.application.sync;

import planted.application.port.InnocentPort;
import planted.domain.field.InnocentField;

/** A use case. */
public final class InnocentSync {
    private static final System.Logger LOG = System.getLogger("planted");

    private final InnocentPort port;

    public InnocentSync(InnocentPort port) {
        this.port = port;
    }

    public void run(InnocentField field) throws InnocentPort.Failed {
        LOG.log(System.Logger.Level.DEBUG, () -> "sending " + field);
        port.send(new InnocentPort.Request(1));
    }
}
