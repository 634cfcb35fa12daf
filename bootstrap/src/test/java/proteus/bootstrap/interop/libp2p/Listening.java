package proteus.bootstrap.interop.libp2p;

import java.io.IOException;

/** A listener that runs. To close it ends it. */
interface Listening extends AutoCloseable {

    /** Its whole multiaddr, with its peer id. */
    String address();

    @Override
    void close() throws IOException;
}
