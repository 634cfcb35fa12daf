package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.samples.WireSamples;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessageKind;

/** Messages in this form, and damage to them. */
final class Samples {

    private static final NativeFrames FRAMES = new NativeFrames();

    private Samples() {}

    /**
     * One message.
     *
     * @param what for people
     * @param payload its bytes
     */
    record Sample(String what, byte[] payload) {
        @Override
        public String toString() {
            return what + ", " + payload.length + " bytes";
        }
    }

    /** Every message of the public vectors. */
    static List<Sample> vectors() {
        return WireSamples.vectors().stream()
                .map(vector -> {
                    try {
                        return new Sample(vector.type(), FRAMES.encode(PeerMessageCodec.decode(vector.wire())));
                    } catch (MalformedMessageException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .toList();
    }

    /** A message of that kind. */
    static byte[] of(PeerMessageKind kind, long seed) {
        return FRAMES.encode(new RandomPeerMessages(new Random(seed)).next(kind));
    }

    /** A field with a length. */
    static byte[] field(int number, byte[]... contents) {
        byte[] content = joined(contents);
        return written(out -> out.writeByteArray(number, content));
    }

    /** A field with an integer. */
    static byte[] integer(int number, long value) {
        return written(out -> out.writeUInt64(number, value));
    }

    /** A field of 8 bytes. */
    static byte[] fixed(int number, long value) {
        return written(out -> out.writeFixed64(number, value));
    }

    /** A tag of a group. */
    static byte[] group(int number) {
        return written(out -> out.writeTag(number, WireFormat.WIRETYPE_START_GROUP));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] repeated(byte[] part, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** All of {@code [0, count)}, or as many of them as so much work allows, drawn by the seed. */
    static int[] places(int count, int work, long seed) {
        int most = Math.max(24, work / Math.max(1, count));
        if (count <= most) {
            return IntStream.range(0, count).toArray();
        }
        RandomGenerator random = new Random(seed + count);
        return random.ints(most, 0, count).toArray();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
