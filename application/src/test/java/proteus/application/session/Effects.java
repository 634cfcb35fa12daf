package proteus.application.session;

import java.util.List;
import java.util.stream.Stream;
import proteus.application.port.StoreException;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PositivePeerSanction;

/** What reactions do to the peer. */
final class Effects {

    private Effects() {}

    /** Messages, sanctions and the reason of an end, in their order. Lines for the log have no effect on the peer. */
    static List<Object> effects(List<Reaction> reactions) {
        return reactions.stream().flatMap(Effects::effect).toList();
    }

    private static Stream<Reaction> done(Conversation.Serving work) {
        try {
            return work.reactions().stream();
        } catch (StoreException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Stream<Object> effect(Reaction reaction) {
        return switch (reaction) {
            case Reaction.Punish(NegativePeerSanction sanction) -> Stream.of(sanction);
            case Reaction.Reward(PositivePeerSanction sanction) -> Stream.of(sanction);
            // Of a challenge, which is drawn by lot, the kind is enough here.
            case Reaction.Send(PeerMessage.SyncChallenge _) -> Stream.of(PeerMessageKind.SYNC_CHALLENGE);
            case Reaction.Send(PeerMessage message) -> Stream.of(message);
            case Reaction.Leave(SessionEnd end) -> Stream.of(end.reason());
            case Reaction.Note _ -> Stream.of();
            case Reaction.Then(Conversation.Serving work) -> done(work).flatMap(Effects::effect);
        };
    }
}
