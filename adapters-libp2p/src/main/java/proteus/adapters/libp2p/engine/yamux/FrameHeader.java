package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;

/**
 * The twelve bytes before each frame. All numbers are big-endian on the wire.
 *
 * @param flags any of {@link #SYN}, {@link #ACK}, {@link #FIN} and {@link #RST}, or what a later version knows
 * @param streamId an unsigned number; 0 is the session itself
 * @param length unsigned; of Data the bytes that follow, of WindowUpdate the credit, of Ping the value, of GoAway the code
 */
record FrameHeader(FrameType type, int flags, int streamId, long length) {

    static final int BYTES = 12;
    static final int VERSION = 0;
    static final int LENGTH_INDEX = 8;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    /** The codes of GoAway. */
    static final long NORMAL = 0;

    static final long PROTOCOL_ERROR = 1;

    static FrameHeader data(int flags, int streamId, int length) {
        return new FrameHeader(FrameType.DATA, flags, streamId, length);
    }

    static FrameHeader windowUpdate(int flags, int streamId, long credit) {
        return new FrameHeader(FrameType.WINDOW_UPDATE, flags, streamId, credit);
    }

    static FrameHeader reset(int streamId) {
        return windowUpdate(RST, streamId, 0);
    }

    static FrameHeader ping(long value) {
        return new FrameHeader(FrameType.PING, SYN, 0, value);
    }

    static FrameHeader pong(long value) {
        return new FrameHeader(FrameType.PING, ACK, 0, value);
    }

    static FrameHeader goAway(long code) {
        return new FrameHeader(FrameType.GO_AWAY, 0, 0, code);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void writeTo(ByteBuf out) {
        out.writeByte(VERSION).writeByte(type.code()).writeShort(flags).writeInt(streamId);
        out.writeInt((int) length);
    }
}
