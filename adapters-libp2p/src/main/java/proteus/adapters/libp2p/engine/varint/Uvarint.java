package proteus.adapters.libp2p.engine.varint;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The unsigned varint of multiformats: seven bits a byte, lowest first, the top bit set in all bytes but the last.
 *
 * <p>Values are from 0 to {@link Long#MAX_VALUE}, hence at most {@value #MAX_BYTES} bytes, and only the shortest form
 * of a value is allowed. Source: multiformats, "unsigned-varint".
 */
public final class Uvarint {

    /** The longest form, in bytes. */
    public static final int MAX_BYTES = 9;

    private static final int BITS = 7;
    private static final int MORE = 0x80;

    private Uvarint() {}

    /**
     * How many bytes {@code value} takes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static int size(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint of " + value);
        }
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + BITS - 1) / BITS);
    }

    /**
     * The form of {@code value}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static byte[] encode(long value) {
        byte[] bytes = new byte[size(value)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = byteAt(i, bytes.length, value);
        }
        return bytes;
    }

    /**
     * Appends the form of {@code value} to {@code out}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static void write(ByteBuf out, long value) {
        int size = size(value);
        for (int i = 0; i < size; i++) {
            out.writeByte(byteAt(i, size, value));
        }
    }

    /**
     * Reads one from a stream of which only the beginning may have come.
     *
     * @return the value; empty, with nothing read, if its last byte has not come yet
     * @throws MalformedVarintException if it is longer than {@value #MAX_BYTES} bytes, however few have come, or not
     *     minimal
     */
    public static OptionalLong read(ByteBuf in) throws MalformedVarintException {
        long value = 0;
        int available = in.readableBytes();
        for (int i = 0; i < available; i++) {
            byte next = in.getByte(in.readerIndex() + i);
            value = with(value, i, next);
            if (isLast(next)) {
                in.skipBytes(i + 1);
                return OptionalLong.of(value);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Reads one from bytes that are all there, and moves their position behind it.
     *
     * @throws MalformedVarintException if it is cut off, longer than {@value #MAX_BYTES} bytes, or not minimal
     */
    public static long read(ByteBuffer in) throws MalformedVarintException {
        long value = 0;
        for (int i = 0; in.hasRemaining(); i++) {
            byte next = in.get();
            value = with(value, i, next);
            if (isLast(next)) {
                return value;
            }
        }
        throw new MalformedVarintException("a varint is cut off at its end");
    }

    private static byte byteAt(int index, int size, long value) {
        long bits = (value >>> (BITS * index)) & (MORE - 1);
        return (byte) (index == size - 1 ? bits : bits | MORE);
    }

    private static long with(long value, int index, byte next) throws MalformedVarintException {
        if (index == MAX_BYTES - 1 && !isLast(next)) {
            throw new MalformedVarintException("a varint of more than " + MAX_BYTES + " bytes");
        }
        if (index > 0 && next == 0) {
            throw new MalformedVarintException("a varint of " + (index + 1) + " bytes that is not minimal");
        }
        return value | ((long) (next & (MORE - 1)) << (BITS * index));
    }

    private static boolean isLast(byte next) {
        return next >= 0;
    }
}
