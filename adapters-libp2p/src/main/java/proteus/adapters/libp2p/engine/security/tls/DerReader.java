package proteus.adapters.libp2p.engine.security.tls;

import java.util.Arrays;

/**
 * Reads DER elements one after the other. It goes no deeper than it is asked to, so nesting costs nothing, and copies
 * nothing that is longer than what is left.
 */
final class DerReader {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_BYTES = 3;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads all of {@code bytes}, which are not copied. */
    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** The tag of a context-specific element that holds others. */
    static int context(int number) {
        return 0xa0 | number;
    }

    /** Whether an element of {@code tag} comes next. */
    boolean isNext(int tag) {
        return position < end && (bytes[position] & 0xff) == tag;
    }

    /** Whether anything is left. */
    boolean hasMore() {
        return position < end;
    }

    /**
     * The next element.
     *
     * @throws MalformedDerException if it is of another tag, or not in DER
     */
    Element read(int tag) throws MalformedDerException {
        int start = position;
        int found = next();
        if (found != tag) {
            throw new MalformedDerException("tag %02x instead of %02x at %d".formatted(found, tag, start));
        }
        int length = readLength();
        if (length > end - position) {
            throw new MalformedDerException(
                    "%d bytes at %d, where %d are left".formatted(length, start, end - position));
        }
        int content = position;
        position += length;
        return new Element(bytes, start, content, position);
    }

    /** Throws if anything is left. */
    void finish() throws MalformedDerException {
        if (hasMore()) {
            throw new MalformedDerException("%d bytes too many at %d".formatted(end - position, position));
        }
    }

    private int readLength() throws MalformedDerException {
        int first = next();
        if (first < LONG_FORM) {
            return first;
        }
        int count = first - LONG_FORM;
        if (count == 0 || count > MAX_LENGTH_BYTES) {
            throw new MalformedDerException("a length of %d bytes at %d".formatted(count, position - 1));
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | next();
        }
        if (length < LONG_FORM || length >>> (8 * (count - 1)) == 0) {
            throw new MalformedDerException("a length of %d in %d bytes".formatted(length, count));
        }
        return length;
    }

    private int next() throws MalformedDerException {
        if (position == end) {
            throw new MalformedDerException("it ends at " + end);
        }
        return bytes[position++] & 0xff;
    }

    /** One element: a part of the bytes that are being read. */
    static final class Element {

        private final byte[] bytes;
        private final int start;
        private final int content;
        private final int end;

        private Element(byte[] bytes, int start, int content, int end) {
            this.bytes = bytes;
            this.start = start;
            this.content = content;
            this.end = end;
        }

        /** A copy of the whole element. */
        byte[] encoded() {
            return Arrays.copyOfRange(bytes, start, end);
        }

        /** A copy of what it holds. */
        byte[] content() {
            return Arrays.copyOfRange(bytes, content, end);
        }

        /** Reads the elements that it holds. */
        DerReader elements() {
            return new DerReader(bytes, content, end);
        }
    }

    /** Bytes from outside are not in DER, or not of the expected form. */
    static final class MalformedDerException extends Exception {

        private static final long serialVersionUID = 1;

        MalformedDerException(String message) {
            super(message);
        }
    }
}
