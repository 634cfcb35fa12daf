package planted.application.sync;

import io.netty.util.ReferenceCounted;

/** Thinks in buffers of the network library. */
public final class UsesNetty {
    public boolean release(ReferenceCounted buffer) {
        return buffer.release();
    }
}
