package proteus.adapters.persistence;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;

/** Native resources that are closed together, the latest first: what was made from another goes before it. */
final class Natives implements AutoCloseable {

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    /** Takes {@code resource} over and gives it back. */
    <T extends AbstractNativeReference> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /** Closes everything. Does nothing the second time. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
