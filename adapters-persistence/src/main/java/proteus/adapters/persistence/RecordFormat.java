package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The binary form of one table's keys and values. All numbers are big endian; docs/peer-store.md lists the fields.
 *
 * <p>Readers throw {@link IOException} for bytes that no version of the format writes, and {@link
 * IllegalArgumentException} where a value breaks a rule of its type.
 *
 * @param <K> the key
 * @param <V> the value
 */
interface RecordFormat<K, V> {

    /** The name of the column family, or what keys in the default one begin with; stored, so never changed. */
    String table();

    void writeKey(K key, DataOutput out) throws IOException;

    K readKey(DataInput in) throws IOException;

    /** Writes what follows the version byte. */
    void writeValue(V value, DataOutput out) throws IOException;

    /** Reads what follows the version byte. */
    V readValue(DataInput in) throws IOException;

    /** Where the record stands among those that make room when the table is full; the least goes first. */
    Rank rank(V value);
}
