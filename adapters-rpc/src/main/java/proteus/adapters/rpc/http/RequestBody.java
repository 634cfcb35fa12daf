package proteus.adapters.rpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalLong;

/** What came of reading a body. */
sealed interface RequestBody {

    /** All of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    record Whole(byte[] bytes) implements RequestBody {}

    /**
     * It is too long, and the rest of it was left unread.
     *
     * @param length as announced, or as much as was read
     */
    record TooLong(long length) implements RequestBody {}

    /**
     * Reads a body.
     *
     * @param announced its length, if it was said
     * @param most how much is read
     * @param time how long it may take
     * @throws SocketTimeoutException if it took too long
     */
    static RequestBody read(InputStream in, OptionalLong announced, int most, Duration time) throws IOException {
        if (announced.isPresent() && announced.getAsLong() > most) {
            return new TooLong(announced.getAsLong());
        }
        long begin = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 13];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > most) {
                return new TooLong(bytes.size());
            }
            if (System.nanoTime() - begin > time.toNanos()) {
                throw new SocketTimeoutException("a body took longer than " + time);
            }
        }
        return new Whole(bytes.toByteArray());
    }
}
