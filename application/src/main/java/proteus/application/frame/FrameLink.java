package proteus.application.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/**
 * What a socket, or a stream within one, must be able to do to carry frames. What comes of it, its owner tells the
 * {@link FrameChannel}.
 *
 * <p>It has a loop, which runs one thing at a time. Methods are for that loop, unless said otherwise.
 */
public interface FrameLink {

    /** Where the peer is. Any thread. */
    PeerAddress peer();

    /** The log that tells of the peers of this stack. Any thread. */
    System.Logger log();

    /**
     * Runs {@code task} on the loop, after what was given to it before. Any thread, the loop's own too.
     *
     * @return false if the loop has ended; then the task is not run
     */
    boolean execute(Runnable task);

    /** Runs {@code task} on the loop, {@code delay} from now. */
    Timeout schedule(Duration delay, Runnable task);

    /** Whether it is open. What is not does not become so again. Any thread. */
    boolean isActive();

    /** Asks for bytes once. A link reads nothing by itself. */
    void read();

    /** Whether it wants more bytes to write now; when that changes, its owner tells the channel. */
    boolean isWritable();

    /**
     * Writes {@code bytes} bytes, with the next flush.
     *
     * <p>Memory for them is the link's to take. Bytes that cannot be written are given up; why not is told to the
     * channel, unless it is that the link was closed.
     *
     * @param fill puts them into the buffer that it gets, before this method returns
     * @param written run on the loop when they have been handed to the network; never, if that fails
     */
    void write(int bytes, Consumer<ByteBuffer> fill, Runnable written);

    /** Sends off what has been written. */
    void flush();

    /** Tells the peer that nothing more comes; closes, if one direction cannot end alone. */
    void endOutput();

    /** Ends both directions. Any thread. */
    void close();
}
