package proteus.bootstrap.logging;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that stays open when its user closes it, because others use it too. */
final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream target) {
        super(target);
    }

    /** All at once: a line of the log must not be torn by what else is written to the stream. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
