package proteus.application.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import proteus.application.port.ConnectionClosedException;
import proteus.domain.peer.PeerMessage;

/** What a session has to say and could not, or perhaps said in vain, amid a move with a gap. For the session's thread. */
final class Unsaid {

    /** What may wait to be said in a gap; a session that has more to say has lost its peer. */
    static final int MOST = 256;

    private final Deque<PeerMessage> waiting = new ArrayDeque<>();
    /** What was said over a connection over which the peer has said nothing yet: lost, should it close at once. */
    private final Deque<PeerMessage> unanswered = new ArrayDeque<>();

    /**
     * Keeps it for later.
     *
     * @throws ConnectionClosedException if too much waits
     */
    void keep(PeerMessage message) throws ConnectionClosedException {
        if (waiting.size() >= MOST) {
            throw new ConnectionClosedException("more than " + MOST + " messages wait for a connection");
        }
        waiting.add(message);
    }

    /** What is to be said first; empty if nothing waits. */
    Optional<PeerMessage> next() {
        return Optional.ofNullable(waiting.poll());
    }

    /** It was said, and perhaps in vain. The question for the tip is asked anew on each arrival. */
    void said(PeerMessage message) {
        if (unanswered.size() < MOST && !(message instanceof PeerMessage.BlockNotificationRequest)) {
            unanswered.add(message);
        }
    }

    /** What was said last was said in vain: it is to be said again, before the rest. */
    void inVain() {
        while (!unanswered.isEmpty()) {
            waiting.addFirst(unanswered.removeLast());
        }
    }

    /** What was said has arrived. */
    void arrived() {
        unanswered.clear();
    }
}
