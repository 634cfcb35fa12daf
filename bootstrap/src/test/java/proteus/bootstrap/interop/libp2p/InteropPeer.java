package proteus.bootstrap.interop.libp2p;

import java.util.ArrayList;
import java.util.List;

/** One implementation of libp2p, with the command line of {@code ./proteus peer}. For one thread. */
interface InteropPeer {

    /** Starts a listener on any port of 127.0.0.1, and waits until it has said its address. */
    Listening listen(Link link) throws Exception;

    /** Dials a listener, does one operation, and waits for its end. */
    Outcome dial(String address, Link link, Operation operation) throws Exception;

    /** The words of the command line for {@link #listen}. */
    static List<String> listenWords(Link link) {
        return List.of("listen", "--transport", link.transport(), "--security", link.security(), "--port", "0");
    }

    /** The words of the command line for {@link #dial}. */
    static List<String> dialWords(String address, Link link, Operation operation) {
        List<String> words = new ArrayList<>(List.of("dial", address, "--security", link.security()));
        words.addAll(operation.words());
        return words;
    }
}
