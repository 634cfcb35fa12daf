package proteus.bootstrap.config;

import java.nio.file.Path;

/** As whom a node shows itself on libp2p. */
public sealed interface IdentityChoice {

    /** As somebody new, for this run only: nothing is read, nothing is written. */
    record OfRun() implements IdentityChoice {}

    /**
     * As the one whose key is in a file.
     *
     * @param file where the key is; made with a new one if it is not there
     * @param renewed whether a file that is there is put aside first, so that the node begins as somebody new
     */
    record Stored(Path file, boolean renewed) implements IdentityChoice {}
}
