package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.AllocatedBytes;

/** Decoding takes at most 64 times the input and 1 MiB of heap, whatever the input is. */
class AllocationTest {

    private static final int MIB = 1 << 20;
    private static final String KERNEL_TAIL = "00 00 00 00 00 00 00 00 00";
    private static final String INDEX_SET = "00 ".repeat(46);
    private static final String SMALLEST_BLOCK = "00 ".repeat(352);

    private final AllocatedBytes allocated = new AllocatedBytes();

    /**
     * An input that holds as many objects for its bytes as its type allows, or announces more.
     *
     * @param name what it is
     * @param bytes a message in variable width
     * @param whole whether it is well-formed
     */
    record Hostile(String name, byte[] bytes, boolean whole) {
        @Override
        public String toString() {
            return name + ", " + bytes.length + " bytes";
        }
    }

    static List<Hostile> hostile() {
        return List.of(
                list(
                        "empty chunk entries",
                        "0E 01 " + INDEX_SET,
                        1_000_000,
                        "00 00 00",
                        "00 00" + KERNEL_TAIL + "01 00"),
                list(
                        "chunks of one word",
                        "0E 01 " + INDEX_SET,
                        1_000_000,
                        "00 00 01 00",
                        "00 00" + KERNEL_TAIL + "01 00"),
                list(
                        "paths of one digest",
                        "0E 01 " + INDEX_SET,
                        300_000,
                        "00 01 00 00 00 00 00 00",
                        "00 00" + KERNEL_TAIL + "01 00"),
                list("empty inputs", "0E", 16_384, INDEX_SET + "00", "00 00" + KERNEL_TAIL + "01 00"),
                list(
                        "inputs of one chunk",
                        "0E",
                        16_384,
                        INDEX_SET + "01 00 00 01 00",
                        "00 00" + KERNEL_TAIL + "01 00"),
                list("outputs", "0E 00", 16_384, "00 00 00 00 00", "00" + KERNEL_TAIL + "01 00"),
                list("empty announcements", "0E 00 00", 16_384, "00", KERNEL_TAIL + "01 00"),
                list("announcements of one element", "0E 00 00", 16_384, "01 00", KERNEL_TAIL + "01 00"),
                list(
                        "empty script proofs",
                        "0E 00 00 00" + KERNEL_TAIL + "00 00 00",
                        32_768,
                        "00",
                        "00 00 00 00 00" + "00".repeat(15) + "00"),
                list(
                        "script proofs of one element",
                        "0E 00 00 00" + KERNEL_TAIL + "00 00 00",
                        32_768,
                        "01 00",
                        "00 00 00 00 00" + "00".repeat(15) + "00"),
                list(
                        "script hashes",
                        "0E 00 00 00" + KERNEL_TAIL + "00 00 00 00 00 00 00",
                        300_000,
                        "00 00 00 00 00",
                        "00" + "00".repeat(15) + "00"),
                list("thruputs", "1A 00 00 00" + KERNEL_TAIL, 300_000, "00 00 00 00 00", "00"),
                list("a proof of zeros", "0E 00 00 00" + KERNEL_TAIL + "01", 4_000_000, "00", ""),
                list("claims", "01" + "00".repeat(350), 200_000, "00".repeat(8), "00"),
                list(
                        "claims of one element each",
                        "01" + "00".repeat(350),
                        200_000,
                        "00".repeat(6) + "01 00 01 00",
                        "00"),
                list("peers", "12", 300_000, "00 00 00 00 00 00 00", ""),
                list("peers of version 6", "12", 100_000, "01" + "00".repeat(18), ""),
                list("known blocks", "06", 300_000, "00 00 00 00 00", "00 00 00"),
                list("limbs", "15 00 00", 4_000_000, "00", ""),
                list("bytes", "1F 00 00 00 00 00 00 00", 4_000_000, "00", ""),
                list("smallest blocks", "07", 5_000, SMALLEST_BLOCK + "00", ""),
                list("active window", "1D" + SMALLEST_BLOCK + "00 00 00 00", 4_000_000, "00", ""),
                new Hostile(
                        "no element",
                        new Malformed().hex("06").length(Integer.MAX_VALUE).bytes(),
                        false),
                new Hostile(
                        "as many elements as could be there, then none",
                        new Malformed()
                                .hex("15 00 00")
                                .length(4_000_000)
                                .repeated("FF", 4_000_000)
                                .bytes(),
                        false),
                new Hostile(
                        "as many blocks as could be there, then none",
                        new Malformed()
                                .hex("07")
                                .length(11_000)
                                .repeated("FF", 353 * 11_000)
                                .bytes(),
                        false),
                new Hostile(
                        "lists of lists that each claim the rest",
                        new Malformed()
                                .hex("0E 00 00")
                                .length(16_384)
                                .repeated("FC 00 00 01 00", 16_384)
                                .bytes(),
                        false),
                new Hostile(
                        "a version of nothing but bytes",
                        new Malformed()
                                .hex("00")
                                .zeros(15 + 329 + 3)
                                .length(4_000_000)
                                .zeros(4_000_005)
                                .bytes(),
                        true),
                new Hostile(
                        "a version of nothing but wide characters",
                        new Malformed()
                                .hex("00")
                                .zeros(15 + 329 + 3)
                                .length(4_000_000)
                                .repeated("F0 9F 98 80", 1_000_000)
                                .zeros(5)
                                .bytes(),
                        true));
    }

    private static Hostile list(String name, String before, int count, String element, String after) {
        byte[] bytes = new Malformed()
                .hex(before)
                .length(count)
                .repeated(element, count)
                .hex(after)
                .bytes();
        return new Hostile(name, bytes, true);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileMessageTakesABoundedMultipleOfItsBytes(Hostile input) {
        long before = allocated.count();

        boolean whole = isMessage(input.bytes());

        long taken = allocated.count() - before;
        assertThat(whole).isEqualTo(input.whole());
        assertThat(taken).isLessThanOrEqualTo(64L * input.bytes().length + MIB);
    }

    private static boolean isMessage(byte[] bytes) {
        try {
            PeerMessageCodec.decode(bytes);
            return true;
        } catch (MalformedMessageException malformed) {
            return false;
        }
    }
}
