package proteus.adapters.libp2p.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.nativeprotocol.Samples.Sample;
import proteus.application.samples.AllocatedBytes;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** Messages and records, cut short or damaged, give a typed fault or a value: never another exception, never much memory. */
class DamagedMessagesTest {

    private static final long SEED = 20_261_127;

    /** Bytes to decode for each vector and kind of damage, so that the suite stays quick. */
    private static final int WORK = 400_000;

    private static final int MIB = 1 << 20;

    private final NativeFrames frames = new NativeFrames();
    private final AllocatedBytes allocated = new AllocatedBytes();

    static List<Sample> vectors() {
        return Samples.vectors();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageCutShortIsMalformed(Sample vector) {
        byte[] whole = vector.payload();
        for (int length : Samples.places(whole.length, WORK, SEED)) {
            assertThatCode(() -> frames.decode(Arrays.copyOf(whole, length)))
                    .as("first %d bytes, seed %d", length, SEED)
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithAFlippedBitIsMalformedOrAnotherMessage(Sample vector) {
        for (int bit : Samples.places(8 * vector.payload().length, WORK, SEED)) {
            byte[] damaged = vector.payload().clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertMalformedOrAMessage(damaged, "bit " + bit + ", seed " + SEED);
        }
    }

    /** Bytes of ones make lengths and tags long. */
    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithForeignBytesIsMalformedOrAnotherMessage(Sample vector) {
        RandomGenerator random = new Random(SEED);
        for (int place : Samples.places(vector.payload().length, WORK, SEED)) {
            byte[] damaged = vector.payload().clone();
            int end = Math.min(damaged.length, place + 1 + random.nextInt(9));
            Arrays.fill(damaged, place, end, (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256)));

            assertMalformedOrAMessage(damaged, "bytes " + place + " to " + end + ", seed " + SEED);
        }
    }

    @Test
    void aDamagedRecordIsMalformedOrAnotherRecord() {
        byte[] record = NativeRecord.encode(new RandomPeerMessages(new Random(SEED)).handshakeData());
        for (int bit : Samples.places(8 * record.length, 2 * WORK, SEED)) {
            byte[] damaged = record.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                HandshakeData data = NativeRecord.decode(damaged);
                assertThat(NativeRecord.decode(NativeRecord.encode(data))).isEqualTo(data);
            } catch (MalformedMessageException fault) {
                assertThat(fault.offset()).as("bit %d, seed %d", bit, SEED).isBetween(0, damaged.length);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("bit " + bit + ", seed " + SEED, e);
            }
        }
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatCode(() -> NativeRecord.decode(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    private void assertMalformedOrAMessage(byte[] bytes, String damage) {
        try {
            long most = 64L * bytes.length + MIB;
            assertThat(allocated.takenBy(() -> isMessage(bytes), most))
                    .as(damage)
                    .isLessThanOrEqualTo(most);
            PeerMessage message = frames.decode(bytes);
            assertThat(frames.decode(frames.encode(message))).as(damage).isEqualTo(message);
        } catch (MalformedMessageException fault) {
            assertThat(fault.offset()).as(damage).isBetween(0, bytes.length);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(damage, e);
        }
    }

    private boolean isMessage(byte[] bytes) {
        try {
            frames.decode(bytes);
            return true;
        } catch (MalformedMessageException malformed) {
            return false;
        }
    }
}
