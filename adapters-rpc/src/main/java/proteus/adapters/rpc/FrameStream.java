package proteus.adapters.rpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A socket as frames: four bytes of length, most significant first, and the payload.
 *
 * <p>One thread reads, any number write. A frame that is not through in time ends the connection.
 */
final class FrameStream {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StreamLimits limits;
    private final ScheduledExecutorService watchdog;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean first = true;

    FrameStream(Socket socket, StreamLimits limits, ScheduledExecutorService watchdog) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.limits = limits;
        this.watchdog = watchdog;
    }

    /**
     * Waits for a payload; empty if the other end closed the connection between two frames.
     *
     * @throws IOException if the other end was silent or slow for too long, announced too much, or is gone
     */
    Optional<byte[]> read() throws IOException {
        socket.setSoTimeout(millis(first ? limits.firstFrame() : limits.idle()));
        int firstByte = in.read();
        if (firstByte < 0) {
            return Optional.empty();
        }
        // A timeout for each read would let a byte a second go on for ever.
        socket.setSoTimeout(0);
        Future<?> deadline = abortAfter(limits.frame());
        try {
            byte[] payload = exactly(length(firstByte));
            first = false;
            return Optional.of(payload);
        } finally {
            deadline.cancel(false);
        }
    }

    private int length(int firstByte) throws IOException {
        byte[] rest = exactly(Integer.BYTES - 1);
        int length = ByteBuffer.allocate(Integer.BYTES)
                .put((byte) firstByte)
                .put(rest)
                .getInt(0);
        if (Integer.compareUnsigned(length, limits.maxPayloadBytes()) > 0) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes announced");
        }
        return length;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within a frame");
        }
        return bytes;
    }

    /** Sends a payload; returns when the operating system has it. */
    void write(byte[] payload) throws IOException {
        byte[] frame = ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
        writing.lock();
        try {
            Future<?> deadline = abortAfter(limits.frame());
            try {
                out.write(frame);
            } finally {
                deadline.cancel(false);
            }
        } finally {
            writing.unlock();
        }
    }

    private Future<?> abortAfter(Duration time) {
        return watchdog.schedule(this::abort, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Makes {@link #read} see the end, now or next time; writing goes on. */
    void stopReading() {
        try {
            socket.shutdownInput();
        } catch (IOException alreadyClosed) {
            abort();
        }
    }

    /** Closes the socket, whoever is at it. */
    void abort() {
        try {
            socket.close();
        } catch (IOException _) {
            // There is nothing left to do for it.
        }
    }

    private static int millis(Duration duration) {
        // Zero would mean no limit.
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }
}
