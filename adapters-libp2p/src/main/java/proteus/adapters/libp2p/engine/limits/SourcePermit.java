package proteus.adapters.libp2p.engine.limits;

/** The place of one inbound connection in the counts of its source. Safe for use by many threads. */
public interface SourcePermit extends AutoCloseable {

    /** Gives the place back. Does nothing the second time. */
    @Override
    void close();
}
