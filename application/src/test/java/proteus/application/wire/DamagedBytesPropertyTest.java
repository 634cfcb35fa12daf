package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.AllocatedBytes;
import proteus.application.samples.WireSamples;
import proteus.application.samples.WireSamples.Vector;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/**
 * Real messages, cut short or damaged, give a typed fault or a value: never another exception, never much memory.
 *
 * <p>Small vectors are damaged everywhere, large ones in places drawn at random.
 */
class DamagedBytesPropertyTest {

    private static final long SEED = 20_261_124;

    /** Bytes to decode for each vector and kind of damage, so that the suite stays quick. */
    private static final int WORK = 6_000_000;

    private static final int MIB = 1 << 20;
    private static final byte[] MARKERS = {(byte) 0xFB, (byte) 0xFC, (byte) 0xFD, (byte) 0xFE, (byte) 0xFF, 0, 1};

    private final AllocatedBytes allocated = new AllocatedBytes();

    static List<Vector> vectors() {
        return WireSamples.vectors();
    }

    static List<Vector> handshakes() {
        return ReferenceBytesTest.handshakes();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageCutShortEndsEarly(Vector vector) {
        byte[] wire = vector.wire();

        for (int length : places(wire.length)) {
            assertThatCode(() -> PeerMessageCodec.decode(wire, 0, length))
                    .as("first %d bytes", length)
                    .isInstanceOfSatisfying(MalformedMessageException.class, fault -> {
                        assertThat(fault.reason()).isEqualTo(Reason.ENDS_EARLY);
                        assertThat(fault.offset()).isBetween(0, length);
                        assertThat(fault.kind().isPresent()).isEqualTo(length > 0);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void aHandshakeRecordCutShortEndsEarly(Vector vector) {
        byte[] record = vector.gatewayHandshake().orElseThrow();

        for (int length : places(record.length)) {
            assertThatCode(() -> HandshakeRecordCodec.decode(Arrays.copyOf(record, length)))
                    .as("first %d bytes", length)
                    .isInstanceOfSatisfying(
                            MalformedMessageException.class,
                            fault -> assertThat(fault.reason()).isEqualTo(Reason.ENDS_EARLY));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithAFlippedBitIsMalformedOrAnotherMessage(Vector vector) {
        byte[] wire = vector.wire();
        for (int bit : places(8 * wire.length)) {
            byte[] damaged = wire.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertMalformedOrAMessage(damaged, "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithAForeignByteIsMalformedOrAnotherMessage(Vector vector) {
        RandomGenerator random = new Random(SEED);
        byte[] wire = vector.wire();
        for (int place : places(wire.length)) {
            byte[] damaged = wire.clone();
            damaged[place] = MARKERS[random.nextInt(MARKERS.length)];

            assertMalformedOrAMessage(damaged, "byte " + place + " is " + damaged[place]);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithAHugeLengthInItIsMalformedOrAnotherMessage(Vector vector) {
        RandomGenerator random = new Random(SEED);
        byte[] wire = vector.wire();
        for (int place : places(wire.length)) {
            byte[] damaged = Arrays.copyOf(wire, wire.length + 8);
            damaged[place] = (byte) BincodeReader.MARKER_U64;
            long length = random.nextLong() >>> random.nextInt(Long.SIZE);
            for (int i = 0; i < 8; i++) {
                damaged[place + 1 + i] = (byte) (length >>> 8 * i);
            }
            System.arraycopy(wire, place + 1, damaged, place + 9, wire.length - place - 1);

            assertMalformedOrAMessage(damaged, "length " + length + " at byte " + place);
        }
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void aDamagedHandshakeRecordIsMalformedOrAnotherRecord(Vector vector) {
        byte[] record = vector.gatewayHandshake().orElseThrow();
        for (int bit : places(8 * record.length)) {
            byte[] damaged = record.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatCode(() -> {
                        try {
                            HandshakeData data = HandshakeRecordCodec.decode(damaged);
                            assertThat(HandshakeRecordCodec.decode(HandshakeRecordCodec.encode(data)))
                                    .isEqualTo(data);
                        } catch (MalformedMessageException fault) {
                            assertThat(fault.offset()).isBetween(0, damaged.length);
                        }
                    })
                    .as("bit %d", bit)
                    .doesNotThrowAnyException();
        }
    }

    private void assertMalformedOrAMessage(byte[] bytes, String damage) {
        long before = allocated.count();
        try {
            PeerMessage message = PeerMessageCodec.decode(bytes);
            assertMemory(before, bytes, damage);
            assertThat(PeerMessageCodec.decode(PeerMessageCodec.encode(message)))
                    .as(damage)
                    .isEqualTo(message);
        } catch (MalformedMessageException fault) {
            assertMemory(before, bytes, damage);
            assertThat(fault.offset()).as(damage).isBetween(0, bytes.length);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(damage, e);
        }
    }

    private void assertMemory(long before, byte[] bytes, String damage) {
        long taken = allocated.count() - before;
        if (taken > 64L * bytes.length + MIB) {
            throw new AssertionError(damage + ": took " + taken + " bytes for " + bytes.length);
        }
    }

    /** All of {@code [0, count)}, or as many of them as the work allows, drawn by the seed. */
    private static int[] places(int count) {
        int most = Math.max(24, WORK / count);
        if (count <= most) {
            return IntStream.range(0, count).toArray();
        }
        return new Random(SEED + count).ints(most, 0, count).toArray();
    }
}
