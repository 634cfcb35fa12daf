package proteus.adapters.rpc;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps what is written to it up to a limit, and of what is longer nothing but that it is. Not thread-safe. */
final class AnswerBuffer extends OutputStream {

    private final int mostBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean tooLong;

    AnswerBuffer(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        tooLong |= length > mostBytes - kept.size();
        if (tooLong) {
            kept.reset();
        } else {
            kept.write(bytes, offset, length);
        }
    }

    /** Whether more was written than is kept. */
    boolean isTooLong() {
        return tooLong;
    }

    /** All that was written; nothing of what is too long. */
    byte[] bytes() {
        return kept.toByteArray();
    }
}
