package proteus.adapters.persistence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import proteus.application.port.StoredBlock;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;

/**
 * The binary form of blocks: two records, of which the second goes on where the header in the first one ends.
 *
 * <p>Both begin with the version of their format. A header and a block are in fixed-width bincode, in which a block
 * begins with its header and all headers have one length; docs/chain-store.md lists the fields.
 */
final class BlockFormat {

    private static final byte VERSION = 1;

    /** A header: three numbers, the parent, the proof of work with its 60 digests, 11 words, two digests. */
    private static final int HEADER = 3 * Long.BYTES + 40 + 60 * 40 + 11 * Integer.BYTES + 2 * 40;

    /** The three leafs of the witness. */
    private static final int WITNESS = 3 * 40;

    private BlockFormat() {}

    /** The record of the header with its witness. */
    static byte[] header(StoredBlock block) {
        return versioned(
                BincodeForm.BLOCK_HEADER_WITH_WITNESS.encode(block.headerWithWitness(), IntegerWidth.FIXED), 0);
    }

    /** The record of all that comes after the header. */
    static byte[] rest(StoredBlock block) {
        return versioned(BincodeForm.BLOCK.encode(block.block(), IntegerWidth.FIXED), HEADER);
    }

    private static byte[] versioned(byte[] bytes, int from) {
        return ByteBuffer.allocate(1 + bytes.length - from)
                .put(VERSION)
                .put(bytes, from, bytes.length - from)
                .array();
    }

    static BlockHeaderWithBlockHashWitness header(byte[] header) throws MalformedRecordException {
        requireHeader(header);
        try {
            byte[] bytes = Arrays.copyOfRange(header, 1, header.length);
            return BincodeForm.BLOCK_HEADER_WITH_WITNESS.decode(bytes, IntegerWidth.FIXED);
        } catch (MalformedMessageException | IllegalArgumentException malformed) {
            throw new MalformedRecordException("record in table headers: " + malformed, malformed);
        }
    }

    static Block block(byte[] header, byte[] rest) throws MalformedRecordException {
        requireHeader(header);
        requireVersion(rest, "blocks");
        byte[] bytes = ByteBuffer.allocate(HEADER + rest.length - 1)
                .put(header, 1, HEADER)
                .put(rest, 1, rest.length - 1)
                .array();
        try {
            return BincodeForm.BLOCK.decode(bytes, IntegerWidth.FIXED);
        } catch (MalformedMessageException | IllegalArgumentException malformed) {
            throw new MalformedRecordException("record in table blocks: " + malformed, malformed);
        }
    }

    private static void requireHeader(byte[] header) throws MalformedRecordException {
        requireVersion(header, "headers");
        if (header.length != 1 + HEADER + WITNESS) {
            throw new MalformedRecordException("record in table headers of " + header.length + " bytes");
        }
    }

    private static void requireVersion(byte[] record, String table) throws MalformedRecordException {
        if (record.length == 0 || record[0] != VERSION) {
            throw new MalformedRecordException("record in table " + table + " of an unknown version");
        }
    }
}
