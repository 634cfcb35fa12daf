package proteus.adapters.persistence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records as bytes. A value begins with the version of its format. */
final class RecordBytes {

    private static final int VERSION = 1;

    private RecordBytes() {}

    /** Writes the fields of a record. */
    interface Writer {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads the fields of a record; throws as those of {@link RecordFormat} do. */
    interface Reader<T> {
        T readFrom(DataInputStream in) throws IOException;
    }

    static byte[] ofKey(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.writeTo(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] ofValue(Writer writer) {
        return ofKey(out -> {
            out.writeByte(VERSION);
            writer.writeTo(out);
        });
    }

    static <T> T readKey(String table, byte[] bytes, Reader<T> reader) throws MalformedRecordException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            T record = reader.readFrom(in);
            if (in.available() != 0) {
                throw new IOException(in.available() + " bytes too many");
            }
            return record;
        } catch (IOException | IllegalArgumentException malformed) {
            throw new MalformedRecordException("record in table " + table + ": " + malformed, malformed);
        }
    }

    static <T> T readValue(String table, byte[] bytes, Reader<T> reader) throws MalformedRecordException {
        return readKey(table, bytes, in -> {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("record version " + version);
            }
            return reader.readFrom(in);
        });
    }
}
