package proteus.application.bridge;

import java.util.List;
import proteus.domain.peer.PeerListEntry;

/** A request for peers, and the answer. */
public sealed interface PeerExchange extends Libp2pMessage {

    /** Asks for peers. */
    record Request() implements PeerExchange {}

    /**
     * Peers of the sender.
     *
     * @param peers any number of them
     */
    record Response(List<PeerListEntry> peers) implements PeerExchange {
        public Response {
            peers = List.copyOf(peers);
        }
    }
}
