package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.AllocatedBytes;
import proteus.application.samples.WireSamples;
import proteus.application.samples.WireSamples.Vector;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/**
 * Real texts, cut short or damaged, give a typed fault or a value: never another exception, never much memory.
 *
 * <p>Small vectors are damaged everywhere, large ones in places drawn at random.
 */
class DamagedTextPropertyTest {

    private static final long SEED = 20_261_124;

    /** Bytes to decode for each vector and kind of damage, so that the suite stays quick. */
    private static final int WORK = 2_000_000;

    private static final int MIB = 1 << 20;
    private static final byte[] FOREIGN = "{}[]\",:\\-+.eE019ntfu/# \n\0\u007f".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> INSERTED = List.of(
            "9".repeat(100),
            "1e999999999",
            "-",
            "[".repeat(100),
            "{\"a\":".repeat(50),
            "\"\\ud800\"",
            "\"later\":[{}],",
            "null",
            "\ufeff",
            "\u00e9\ud83d\ude00",
            ",",
            "]}");

    private final AllocatedBytes allocated = new AllocatedBytes();

    static List<Vector> vectors() {
        return WireSamples.vectors();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTextCutShortIsMalformed(Vector vector) {
        byte[] text = vector.json();

        for (int length : places(text.length)) {
            assertThatCode(() -> PeerMessageJson.decode(text, 0, length))
                    .as("first %d bytes", length)
                    .isInstanceOfSatisfying(
                            MalformedMessageException.class,
                            fault -> assertThat(fault.offset()).isBetween(0, length));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTextWithAFlippedBitIsMalformedOrAMessage(Vector vector) {
        byte[] text = vector.json();
        for (int bit : places(8 * text.length)) {
            byte[] damaged = text.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertMalformedOrAMessage(damaged, "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTextWithAForeignByteIsMalformedOrAMessage(Vector vector) {
        RandomGenerator random = new Random(SEED);
        byte[] text = vector.json();
        for (int place : places(text.length)) {
            byte[] damaged = text.clone();
            damaged[place] = FOREIGN[random.nextInt(FOREIGN.length)];

            assertMalformedOrAMessage(damaged, "byte " + place + " is " + damaged[place]);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTextWithSomethingInsertedIsMalformedOrAMessage(Vector vector) {
        RandomGenerator random = new Random(SEED);
        byte[] text = vector.json();
        for (int place : places(text.length)) {
            String inserted = INSERTED.get(random.nextInt(INSERTED.size()));
            byte[] damaged = replaced(text, place, place, inserted.getBytes(StandardCharsets.UTF_8));

            assertMalformedOrAMessage(damaged, inserted + " at byte " + place);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTextWithAPieceLeftOutOrTwiceIsMalformedOrAMessage(Vector vector) {
        RandomGenerator random = new Random(SEED);
        byte[] text = vector.json();
        for (int from : places(text.length)) {
            int to = Math.min(text.length, from + 1 + random.nextInt(200));
            byte[] piece = Arrays.copyOfRange(text, from, to);

            assertMalformedOrAMessage(replaced(text, from, to, new byte[0]), "without " + from + " to " + to);
            assertMalformedOrAMessage(replaced(text, from, from, piece), "twice " + from + " to " + to);
        }
    }

    private void assertMalformedOrAMessage(byte[] text, String damage) {
        long limit = 64L * text.length + MIB;
        long taken = allocated.takenBy(() -> decode(text, damage), limit);
        if (taken > limit) {
            throw new AssertionError(damage + ": took " + taken + " bytes for " + text.length);
        }
        decode(text, damage)
                .ifPresent(message -> assertThat(decode(PeerMessageJson.encode(message), damage))
                        .as(damage)
                        .contains(message));
    }

    private static Optional<PeerMessage> decode(byte[] text, String damage) {
        try {
            return Optional.of(PeerMessageJson.decode(text));
        } catch (MalformedMessageException fault) {
            if (fault.offset() < 0 || fault.offset() > text.length) {
                throw new AssertionError(damage + ": fault outside the text: " + fault.getMessage(), fault);
            }
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(damage, e);
        }
    }

    private static byte[] replaced(byte[] text, int from, int to, byte[] by) {
        byte[] replaced = Arrays.copyOf(text, text.length - (to - from) + by.length);
        System.arraycopy(by, 0, replaced, from, by.length);
        System.arraycopy(text, to, replaced, from + by.length, text.length - to);
        return replaced;
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
