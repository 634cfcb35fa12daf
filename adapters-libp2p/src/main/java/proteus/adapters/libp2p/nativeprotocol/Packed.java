package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ByteSequence;

/**
 * Many numbers as bytes, one behind the other, little endian: nothing is spent on tags, and they are copied at once.
 *
 * <p>What is read has passed a {@link Survey}.
 */
final class Packed {

    private Packed() {}

    static ByteString of(Digest digest) {
        return of(List.of(digest));
    }

    static ByteString of(List<Digest> digests) {
        byte[] bytes = new byte[digests.size() * Digest.BYTES];
        ByteBuffer room = room(bytes);
        for (Digest digest : digests) {
            for (int i = 0; i < Digest.LENGTH; i++) {
                room.putLong(digest.at(i));
            }
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static Digest digest(ByteString bytes) {
        return next(view(bytes));
    }

    static List<Digest> digests(ByteString bytes) {
        int count = bytes.size() / Digest.BYTES;
        if (count == 0) {
            return List.of();
        }
        ByteBuffer view = view(bytes);
        List<Digest> digests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            digests.add(next(view));
        }
        return digests;
    }

    private static Digest next(ByteBuffer view) {
        return new Digest(view.getLong(), view.getLong(), view.getLong(), view.getLong(), view.getLong());
    }

    static ByteString of(BFieldElements elements) {
        byte[] bytes = new byte[elements.size() * Long.BYTES];
        ByteBuffer room = room(bytes);
        for (int i = 0; i < elements.size(); i++) {
            room.putLong(elements.at(i));
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static BFieldElements elements(ByteString bytes) {
        if (bytes.isEmpty()) {
            return BFieldElements.empty();
        }
        long[] elements = new long[bytes.size() / Long.BYTES];
        view(bytes).asLongBuffer().get(elements);
        return BFieldElements.owning(elements);
    }

    static ByteString of(U32Sequence words) {
        byte[] bytes = new byte[words.size() * Integer.BYTES];
        ByteBuffer room = room(bytes);
        for (int i = 0; i < words.size(); i++) {
            room.putInt(words.at(i));
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static U32Sequence words(ByteString bytes) {
        if (bytes.isEmpty()) {
            return U32Sequence.empty();
        }
        int[] words = new int[bytes.size() / Integer.BYTES];
        view(bytes).asIntBuffer().get(words);
        return U32Sequence.owning(words);
    }

    /** An integer of 128 bits. */
    static ByteString of(long high, long low) {
        byte[] bytes = new byte[2 * Long.BYTES];
        room(bytes).putLong(low).putLong(high);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static long low(ByteString wide) {
        return view(wide).getLong();
    }

    static long high(ByteString wide) {
        ByteBuffer view = view(wide);
        return view.getLong(view.position() + Long.BYTES);
    }

    static ByteString of(ByteSequence octets) {
        return UnsafeByteOperations.unsafeWrap(octets.toArray());
    }

    static ByteSequence octets(ByteString bytes) {
        return ByteSequence.owning(bytes.toByteArray());
    }

    private static ByteBuffer room(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer view(ByteString bytes) {
        return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
