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
 */
final class OpenRequests {

    /** What is not answered by then is not measured: the question may be asked anew. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Answer NONE = new Answer(What.NOTHING, 0);

    private final Open peerList = new Open();
    private final Open block = new Open();
    private final Open validatedBlock = new Open();

    /** What was asked for. */
    enum What {
        /** Nothing that is measured. */
        NOTHING,
        /** A list of peers. */
        PEERS,
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

    /**
     * A message was sent over the connection with this number.
     *
     * @return whether it is measured
     */
    boolean sent(int line, PeerMessage message, TaskScheduler clock) {
        if (message instanceof PeerMessage.PeerListRequest) {
            return peerList.ask(line, 0, clock.nanos());
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
            return answer(What.PEERS, peerList.answered(line, 0, now));
        }
        if (message instanceof PeerMessage.Block(var sent)) {
            return answer(
                    What.BLOCK, block.answered(line, sent.header().height().value(), now));
        }
        if (message instanceof PeerMessage.ValidatedBlock(var sent)) {
            long height = sent.block().header().height().value();
            return answer(What.BLOCK, validatedBlock.answered(line, height, now));
        }
        return NONE;
    }

    private static Answer answer(What what, OptionalLong nanos) {
        return nanos.isPresent() ? new Answer(what, nanos.getAsLong()) : NONE;
    }
}
