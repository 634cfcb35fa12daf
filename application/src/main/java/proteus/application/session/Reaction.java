package proteus.application.session;

import java.util.List;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PositivePeerSanction;

/**
 * What is to be done about a message. A list of them is done in its order, and no further than to a punishment that makes
 * the standing bad.
 */
sealed interface Reaction {

    /** Nothing is to be done. */
    List<Reaction> NONE = List.of();

    /**
     * The peer's standing goes down.
     *
     * @param sanction what for
     */
    record Punish(NegativePeerSanction sanction) implements Reaction {}

    /**
     * The peer's standing goes up.
     *
     * @param sanction what for
     */
    record Reward(PositivePeerSanction sanction) implements Reaction {}

    /**
     * The peer gets a message.
     *
     * @param message what
     */
    record Send(PeerMessage message) implements Reaction {}

    /**
     * The session ends.
     *
     * @param end why
     */
    record Leave(SessionEnd end) implements Reaction {}

    /**
     * A line in the log, for what is understood and not used.
     *
     * @param text what happened, without the peer
     */
    record Note(String text) implements Reaction {}

    /**
     * What is worked out only when all that comes before it is done, and the peer is still there.
     *
     * @param work gives what is to be done then
     */
    record Then(Conversation.Serving work) implements Reaction {}

    /** One punishment and nothing else. */
    static List<Reaction> punish(NegativePeerSanction sanction) {
        return List.of(new Punish(sanction));
    }

    /** One answer and nothing else. */
    static List<Reaction> send(PeerMessage message) {
        return List.of(new Send(message));
    }

    /** The end of the session and nothing else. */
    static List<Reaction> leave(SessionEnd.Reason reason, String detail) {
        return List.of(new Leave(new SessionEnd(reason, detail)));
    }

    /** A line in the log and nothing else. */
    static List<Reaction> note(String text) {
        return List.of(new Note(text));
    }
}
