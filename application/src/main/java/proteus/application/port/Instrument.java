package proteus.application.port;

import java.util.List;

/** A part of the node that tells of itself in numbers. Safe for use by many threads. */
@FunctionalInterface
public interface Instrument {

    /**
     * How it is now: always the same names and labels. May block for a moment: not for an event loop.
     *
     * @throws StoreException if what is told of cannot be asked
     */
    List<Measurement> measurements() throws StoreException;
}
