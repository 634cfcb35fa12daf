package proteus.application.wire;

import proteus.domain.peer.HandshakeData;

/**
 * The handshake of the libp2p gateway: bincode of fixed width, without magic value and without message index.
 *
 * <p>The record travels behind its length as four bytes, big endian, which is not part of what is read and written
 * here. Safe for use by many threads. Source: wire reference of neptune-cash 0.19.4, section 4.2.
 */
public final class HandshakeRecordCodec {

    /** The longest record that a node reads, in bytes: 512 KiB. No real one is longer than 2,927 bytes. */
    public static final int MAX_BYTES = 524_288;

    private HandshakeRecordCodec() {}

    /** The bytes of {@code data}, 2,639 to 2,927. */
    public static byte[] encode(HandshakeData data) {
        return BincodeForm.HANDSHAKE_DATA.encode(data, IntegerWidth.FIXED);
    }

    /**
     * The data that {@code bytes} begin with; bytes after it are ignored.
     *
     * @throws MalformedMessageException if they do not begin with such data
     */
    public static HandshakeData decode(byte[] bytes) throws MalformedMessageException {
        return BincodeForm.HANDSHAKE_DATA.decode(bytes, IntegerWidth.FIXED);
    }
}
