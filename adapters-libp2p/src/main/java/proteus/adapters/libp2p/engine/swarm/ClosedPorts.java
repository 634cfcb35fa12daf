package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;

/** Tells a closed port from other failures to connect. Each way to do I/O says it in its own way. */
final class ClosedPorts {

    private ClosedPorts() {}

    /**
     * Whether the remote's system has said that nobody listens at the port: by a reset in the place of a TCP connection, or
     * by ICMP where a datagram was sent to.
     */
    static boolean isToldBy(IOException failure) {
        return switch (failure) {
            case PortUnreachableException _ -> true;
            case ConnectTimeoutException _ -> false;
            // What the system itself calls timed out is of this type too. It takes a minute or two, so that this host's
            // own
            // time-out comes first; to be sure, its text counts, though that is of the system's language.
            case ConnectException refused ->
                !String.valueOf(refused.getMessage()).contains("timed out");
            case Errors.NativeIoException refused -> refused.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE;
            default -> false;
        };
    }
}
