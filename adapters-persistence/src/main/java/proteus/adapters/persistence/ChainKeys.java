package proteus.adapters.persistence;

import java.nio.ByteBuffer;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** The keys and the small values of the chain store. All numbers are big endian, so that keys of heights ascend. */
final class ChainKeys {

    private static final byte VERSION = 1;

    private ChainKeys() {}

    static byte[] of(BlockHeight height) {
        return ByteBuffer.allocate(Long.BYTES).putLong(height.value()).array();
    }

    static byte[] of(Digest digest) {
        return put(ByteBuffer.allocate(Digest.BYTES), digest).array();
    }

    /** The key of a block: blocks of one height are side by side, and new ones come at the end of a table. */
    static byte[] of(BlockHeight height, Digest digest) {
        return put(ByteBuffer.allocate(Long.BYTES + Digest.BYTES).putLong(height.value()), digest)
                .array();
    }

    static BlockHeight height(byte[] key) throws MalformedRecordException {
        return read(key, Long.BYTES, bytes -> new BlockHeight(bytes.getLong()));
    }

    /** The digest in the key of a block. */
    static Digest digestOfBlock(byte[] key) throws MalformedRecordException {
        return read(key, Long.BYTES + Digest.BYTES, bytes -> digest(bytes.position(Long.BYTES)));
    }

    static byte[] value(BlockHeight height) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(VERSION)
                .putLong(height.value())
                .array();
    }

    static byte[] value(Digest digest) {
        return put(ByteBuffer.allocate(1 + Digest.BYTES).put(VERSION), digest).array();
    }

    static BlockHeight heightValue(byte[] value) throws MalformedRecordException {
        return read(value, 1 + Long.BYTES, bytes -> {
            requireVersion(bytes);
            return new BlockHeight(bytes.getLong());
        });
    }

    static Digest digestValue(byte[] value) throws MalformedRecordException {
        return read(value, 1 + Digest.BYTES, bytes -> {
            requireVersion(bytes);
            return digest(bytes);
        });
    }

    private interface Reader<T> {
        T readFrom(ByteBuffer bytes);
    }

    private static <T> T read(byte[] bytes, int length, Reader<T> reader) throws MalformedRecordException {
        if (bytes.length != length) {
            throw new MalformedRecordException("a key or value of " + bytes.length + " bytes instead of " + length);
        }
        try {
            return reader.readFrom(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRecordException("a key or value: " + malformed.getMessage(), malformed);
        }
    }

    private static void requireVersion(ByteBuffer bytes) {
        byte version = bytes.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("record version " + version);
        }
    }

    private static ByteBuffer put(ByteBuffer bytes, Digest digest) {
        for (int i = 0; i < Digest.LENGTH; i++) {
            bytes.putLong(digest.at(i));
        }
        return bytes;
    }

    private static Digest digest(ByteBuffer bytes) {
        return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
