package planted.application.sync;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Goes to the network without a port. */
public final class OpensASocket {
    public SocketChannel open() throws IOException {
        return SocketChannel.open();
    }
}
