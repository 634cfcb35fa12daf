package proteus.domain.mmr;

import java.util.Arrays;
import proteus.domain.hash.Digest;

/**
 * Many digests in order, packed; immutable. A row with one digest more, or with fewer, shares all but its last part with
 * the row it was made from.
 */
final class DigestRow {

    /** Digests in a part: what an append copies at most. */
    private static final int PART = 256;

    static final DigestRow EMPTY = new DigestRow(new long[0][], 0);

    /** All full but the last, which has just the digests that it holds. */
    private final long[][] parts;

    private final int size;

    private DigestRow(long[][] parts, int size) {
        this.parts = parts;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** @throws IndexOutOfBoundsException if there is no such digest */
    Digest get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        long[] part = parts[index / PART];
        int at = index % PART * Digest.LENGTH;
        return new Digest(part[at], part[at + 1], part[at + 2], part[at + 3], part[at + 4]);
    }

    DigestRow append(Digest digest) {
        int place = size % PART;
        int last = size / PART;
        long[][] more = Arrays.copyOf(parts, last + 1);
        more[last] = place == 0 ? new long[Digest.LENGTH] : Arrays.copyOf(parts[last], (place + 1) * Digest.LENGTH);
        digest.copyTo(more[last], place * Digest.LENGTH);
        return new DigestRow(more, size + 1);
    }

    /** The first {@code count} digests; at most as many as there are. */
    DigestRow first(int count) {
        if (count == size) {
            return this;
        }
        long[][] fewer = Arrays.copyOf(parts, (count + PART - 1) / PART);
        if (count % PART != 0) {
            fewer[count / PART] = Arrays.copyOf(parts[count / PART], count % PART * Digest.LENGTH);
        }
        return new DigestRow(fewer, count);
    }
}
