package proteus.application.comparison;

import java.time.Duration;
import java.util.OptionalLong;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.PeerMessage;

/**
 * When what was asked of a peer was asked: one request of each kind at a time, so that there is nothing that a peer can make
 * grow. For the session's thread.
 *
 * <p>Only requests are measured to which the answer can be told from what a peer says unasked: a list of peers is never sent
 * unasked, and a block is known by its height. An announcement may always come by itself, so the question for the tip is not
 * measured; nor are challenges, which take long to answer over any stack. A request that is sent while another of its kind is
 * open is not measured.
 *
 * <p>Lists of peers do not say what they answer. So one that comes late must not be taken for the answer to a later question:
 * a question stays open over its connection until it is answered, counts once in each {@link #PATIENCE} as long as it is not, and
 * none is measured that is asked meanwhile.
 */
final class OpenRequests {

    /** What is not answered by then is late. A block may be asked for anew. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Answer NONE = new Answer(What.NOTHING, 0);

    private final OpenForLong peerList = new OpenForLong();
    private final Open block = new Open();
    private final Open validatedBlock = new Open();

    /** What was asked for. */
    enum What {
        /** Nothing that is measured. */
        NOTHING,
        /** A list of peers. */
        PEERS,
        /** A list of peers, when it had been counted as not answered. */
        LATE_PEERS,
        /** A block. */
        BLOCK
    }

    /**
     * What was answered.
     *
     * @param nanos how long it took since it was asked for; may be negative if a clock went back
     */
    record Answer(What what, long nanos) {}

    /** A request that waits for its answer. */
    private static final class Open {
        private boolean waits;
        private int line;
        private long about;
        private long since;

        private boolean ask(int over, long what, long now) {
            if (waits && line == over && now - since < PATIENCE.toNanos()) {
                return false;
            }
            waits = true;
            line = over;
            about = what;
            since = now;
            return true;
        }

        /** How long it took; empty if this was not what is waited for. */
        private OptionalLong answered(int over, long what, long now) {
            boolean isIt = waits && line == over && about == what;
            if (!isIt) {
                return OptionalLong.empty();
            }
            waits = false;
            long took = now - since;
            return took < PATIENCE.toNanos() ? OptionalLong.of(took) : OptionalLong.empty();
        }
    }

    /** Requests that wait for their answers until those come or the connection is another one; the first is measured. */
    private static final class OpenForLong {
        private int open;
        private boolean isFirst;
        private int line;
        private long since;
        private int missed;

        private boolean isOpen(int over) {
            return open > 0 && line == over;
        }

        private boolean ask(int over, long now) {
            boolean measured = !isOpen(over);
            if (measured) {
                line = over;
                open = 0;
                begin(now);
            }
            isFirst |= measured;
            open++;
            return measured;
        }

        private void begin(long now) {
            since = now;
            missed = 0;
        }

        private boolean isMissed(int over, long now) {
            boolean late = isOpen(over) && now - since >= (missed + 1) * PATIENCE.toNanos();
            missed += late ? 1 : 0;
            return late;
        }

        private Answer answered(int over, long now) {
            if (!isOpen(over)) {
                return NONE;
            }
            What late = missed > 0 ? What.LATE_PEERS : What.PEERS;
            Answer answer = isFirst ? new Answer(late, now - since) : NONE;
            open--;
            isFirst = false;
            begin(now);
            return answer;
        }
    }

    /** Whether a list of peers was asked for over this connection and has not come. */
    boolean asksForPeers(int line) {
        return peerList.isOpen(line);
    }

    /** Whether a list of peers did not come over this connection for one more {@link #PATIENCE}. */
    boolean isUnanswered(int line, long now) {
        return peerList.isMissed(line, now);
    }

    /**
     * A message was sent over the connection with this number.
     *
     * @return whether it is measured
     */
    boolean sent(int line, PeerMessage message, TaskScheduler clock) {
        if (message instanceof PeerMessage.PeerListRequest) {
            return peerList.ask(line, clock.nanos());
        }
        if (message instanceof PeerMessage.BlockRequestByHeight(var height)) {
            return block.ask(line, height.value(), clock.nanos());
        }
        if (message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)) {
            return validatedBlock.ask(line, height.value(), clock.nanos());
        }
        return false;
    }

    /** A message came over the connection with this number; what it answers, if it does. */
    Answer received(int line, PeerMessage message, long now) {
        if (message instanceof PeerMessage.PeerListResponse) {
            return peerList.answered(line, now);
        }
        if (message instanceof PeerMessage.Block(var sent)) {
            return block(block.answered(line, sent.header().height().value(), now));
        }
        if (message instanceof PeerMessage.ValidatedBlock(var sent)) {
            long height = sent.block().header().height().value();
            return block(validatedBlock.answered(line, height, now));
        }
        return NONE;
    }

    private static Answer block(OptionalLong nanos) {
        return nanos.isPresent() ? new Answer(What.BLOCK, nanos.getAsLong()) : NONE;
    }
}
