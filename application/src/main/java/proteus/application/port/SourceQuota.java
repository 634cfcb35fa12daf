package proteus.application.port;

import java.util.Optional;
import proteus.domain.peer.IpAddress;

/**
 * Counts what one network address takes of the node: what it spends on one stack is spent on all of them.
 *
 * <p>Safe for use by many threads; never blocks.
 */
public interface SourceQuota {

    /** A quota that nobody can spend. */
    static SourceQuota unlimited() {
        return _ -> Optional.of(() -> {});
    }

    /**
     * Counts an attempt of {@code ip} to connect, before anything is read. How many connections an IP may have is the
     * gate's to judge; here it is only counted, for stacks that must judge it earlier.
     *
     * @return its place, to be closed when the connection has ended; empty if it may not connect now
     */
    Optional<Place> arrives(IpAddress ip);

    /** The place of one connection. */
    interface Place extends AutoCloseable {

        /** Gives it back. Does nothing the second time. */
        @Override
        void close();
    }
}
