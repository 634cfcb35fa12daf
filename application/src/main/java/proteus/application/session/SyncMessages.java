package proteus.application.session;

import java.time.Instant;
import java.util.List;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;

/** Messages of nodes that are far apart. A node at genesis can answer no challenge, and makes none. */
final class SyncMessages {

    private final Conversation conversation;

    SyncMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    /** A block that follows the best one of the sync is asked for at once. */
    List<Reaction> onAnnouncementDuringSync(PeerBlockNotification block) {
        return Reaction.note("announces block " + block.height() + " during a sync");
    }

    /** Whether the peer has not shown its chain lately. */
    boolean mayChallenge() {
        return conversation.now().isBefore(Instant.MIN);
    }

    /** Lets the peer show the chain that it claims. */
    List<Reaction> challenge(PeerBlockNotification block, BlockHeight own) {
        return Reaction.note("announces block " + block.height() + ", far above " + own);
    }

    /** A challenge always costs, and more when it cannot be answered. */
    List<Reaction> onSyncChallenge() {
        return List.of(
                new Reaction.Punish(new NegativePeerSanction.ReceivedSyncChallenge()),
                new Reaction.Punish(new NegativePeerSanction.InvalidSyncChallenge()));
    }

    List<Reaction> onSyncChallengeResponse() {
        return Reaction.punish(new NegativePeerSanction.UnexpectedSyncChallengeResponse());
    }

    /** What only a syncing node can have asked for; the filter drops it before it gets here. */
    List<Reaction> onAnswerToASync() {
        return Reaction.note("answers a sync that is not going on; ignored");
    }
}
