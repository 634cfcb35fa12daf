package proteus.application.session;

import java.util.List;
import proteus.domain.peer.NegativePeerSanction;

/** The archival mutator set. This node's handshake says that it does not serve it, and it downloads none. */
final class MutatorSetMessages {

    /** Not served; upstream ignores the request then. */
    List<Reaction> onRequest() {
        return Reaction.NONE;
    }

    /** No download is under way. */
    List<Reaction> onFrame() {
        return Reaction.punish(new NegativePeerSanction.UnwantedMessage());
    }
}
