package proteus.application.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import proteus.application.chain.ChainState;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.StoreException;
import proteus.application.request.Announcer;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.BlockServingBudget;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.VersionGate;

/** What the handlers of one session know and remember. For the session's thread, but for {@link #highestShared}. */
final class Conversation {

    private final Description peer;
    private final SessionNode node;
    private final InstantSource clock;
    private final VersionGate version;
    private volatile BlockHeight highestShared;
    private BlockServingBudget budget;

    Conversation(Description peer, SessionNode node, InstantSource clock) {
        this.peer = peer;
        this.node = node;
        this.clock = clock;
        version = VersionGate.of(peer.handshake());
        highestShared = peer.handshake().tipHeader().height();
        budget = BlockServingBudget.of(node.maxBlocksServedPerMinute());
    }

    Description peer() {
        return peer;
    }

    SessionNode node() {
        return node;
    }

    /** The peer as one that announces. */
    Announcer announcer(boolean verified) {
        return new Announcer(peer.peerId(), peer.direction() == Direction.INBOUND, verified);
    }

    Instant now() {
        return clock.instant();
    }

    ChainState chain() {
        return node.chain();
    }

    VersionGate version() {
        return version;
    }

    /** The height of the best block that either side showed the other. Any thread. */
    BlockHeight highestShared() {
        return highestShared;
    }

    /** The peer showed this height, or was shown it. Goes down, too. */
    void share(BlockHeight height) {
        highestShared = height;
    }

    /** Works out what a request is answered with. */
    interface Serving {
        List<Reaction> reactions() throws StoreException, InterruptedException;
    }

    /** What {@code granted} gives, if the peer may still ask for blocks; a punishment if not. */
    List<Reaction> charged(PeerMessageKind kind, Serving granted) throws StoreException, InterruptedException {
        BlockServingBudget.Charge charge = budget.charge(BlockServingBudget.costOf(kind), clock.instant());
        budget = charge.budget();
        return charge.granted()
                ? granted.reactions()
                : Reaction.punish(new NegativePeerSanction.ExcessiveBlockRequests());
    }
}
