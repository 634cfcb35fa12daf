package proteus.application.session;

import java.util.List;
import proteus.domain.peer.NegativePeerSanction;

/** Messages of nodes that are far apart. A node at genesis can answer no challenge, and makes none. */
final class SyncMessages {

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
