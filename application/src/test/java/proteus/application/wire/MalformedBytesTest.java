package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What is refused while decoding, and what is said about it: wire reference, sections 2 and 9. */
class MalformedBytesTest {

    /** The index of the transaction message. */
    private static final String TRANSACTION = "0E";

    /** Bytes of an index set of zeros. */
    private static final int INDEX_SET = 1 + 45;

    /** Bytes of what follows the announcements of a kernel, all zero. */
    private static final int KERNEL_TAIL = 1 + 1 + 1 + 5 + 1;

    @ParameterizedTest
    @CsvSource({
        "'', 0, ENDS_EARLY",
        "21, 0, UNKNOWN_KIND",
        "FC 00 00 01 00, 0, UNKNOWN_KIND",
        "FD 00 00 00 00 01 00 00 00, 0, INTEGER_TOO_LARGE",
        "FF, 0, BAD_INTEGER_MARKER",
        "FE 05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, 0, BAD_INTEGER_MARKER",
        "FB 05, 0, ENDS_EARLY"
    })
    void bytesThatNameNoKindAreRefused(String hex, int offset, Reason reason) {
        assertRefused(new Malformed().hex(hex).bytes())
                .satisfies(fault -> assertThat(fault.kind()).isEmpty())
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset))
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "13 00, BYE, 1, TRAILING_BYTES",
        "04, BLOCK_REQUEST_BY_HEIGHT, 1, ENDS_EARLY",
        "04 FD 01 02, BLOCK_REQUEST_BY_HEIGHT, 1, ENDS_EARLY",
        "04 FE 05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, BLOCK_REQUEST_BY_HEIGHT, 1, BAD_INTEGER_MARKER",
        "04 FF, BLOCK_REQUEST_BY_HEIGHT, 1, BAD_INTEGER_MARKER",
        "14 02, CONNECTION_STATUS, 1, UNKNOWN_VARIANT",
        "14 FC FF FF FF FF, CONNECTION_STATUS, 1, UNKNOWN_VARIANT",
        "14 00 06, CONNECTION_STATUS, 2, UNKNOWN_VARIANT",
        "14 00 05, CONNECTION_STATUS, 3, ENDS_EARLY",
        "0F 00 00 00 00 00 00 00 00 00 00 02 00 02 03, TRANSACTION_NOTIFICATION, 11, UNKNOWN_VARIANT",
        "12 01 02 CB 00 71 07 FB 46 26 01, PEER_LIST_RESPONSE, 2, UNKNOWN_VARIANT",
        "12 01 00 CB 00 71 07 FC 00 00 01 00 01, PEER_LIST_RESPONSE, 7, INTEGER_TOO_LARGE",
        "12 FD 00 00 00 00 00 00 00 80 00, PEER_LIST_RESPONSE, 1, ENDS_EARLY",
        "15 28 46 01 FD 00 00 00 00 01 00 00 00, SYNC_COVERAGE, 4, INTEGER_TOO_LARGE",
        "15 28 46 03 01 01, SYNC_COVERAGE, 3, ENDS_EARLY",
        "1F 00 00 00 00 00 00 00 05 01 02 03 04, ARCHIVAL_MUTATOR_SET, 8, ENDS_EARLY"
    })
    void bytesThatAreNoMessageOfTheirKindAreRefused(String hex, PeerMessageKind kind, int offset, Reason reason) {
        assertRefused(new Malformed().hex(hex).bytes())
                .satisfies(fault -> assertThat(fault.kind()).contains(kind))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset))
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(reason))
                .satisfies(
                        fault -> assertThat(fault).hasMessageStartingWith(kind.upstreamName() + " at byte " + offset));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 02, NOT_AN_OPTION",
        "1, 04, UNKNOWN_VARIANT",
        "1, 09, UNKNOWN_VARIANT",
        "4, 02, NOT_A_BOOLEAN",
        "5, FF, NOT_A_BOOLEAN"
    })
    void aHandshakeWithAnImpossibleFieldIsRefused(int field, String hex, Reason reason) {
        // After the header: no port, main network, instance id 0, no version, two flags, the epoch, no extra data.
        byte[] bytes = new Malformed().hex("00").zeros(15 + 329 + 9).bytes();
        bytes[1 + 15 + 329 + field] = new Malformed().hex(hex).bytes()[0];

        assertRefused(bytes)
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(reason))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(1 + 15 + 329 + field));
    }

    @ParameterizedTest
    @CsvSource({
        "FD 00 00 00 00 00 00 00 80, 00",
        "FD FF FF FF FF FF FF FF FF, 00",
        "FD FF FF FF FF FF FF FF 7F, FC 00 CA 9A 3B",
        "FD FF FF FF FF FF FF FF FF, FC FF FF FF FF"
    })
    void aTimeThatNoClockHoldsIsRefused(String seconds, String nanos) {
        byte[] bytes = new Malformed()
                .hex("00")
                .zeros(15 + 329 + 6)
                .hex(seconds)
                .hex(nanos)
                .hex("00")
                .bytes();

        assertRefused(bytes)
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.TIME_OVERFLOW))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(1 + 15 + 329 + 6));
    }

    @ParameterizedTest
    @CsvSource({"02 C3 28", "01 80", "03 ED A0 80", "02 C0 80", "04 F4 90 80 80", "01 C3"})
    void aVersionThatIsNotUtf8IsRefused(String version) {
        byte[] bytes = new Malformed()
                .hex("00")
                .zeros(15 + 329 + 3)
                .hex(version)
                .zeros(5)
                .bytes();

        assertRefused(bytes)
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.NOT_UTF8))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(1 + 15 + 329 + 3));
    }

    @Test
    void theCutOffPartOfALongVersionHasToBeUtf8Too() {
        byte[] bytes = new Malformed()
                .hex("00")
                .zeros(15 + 329 + 3)
                .hex("28")
                .repeated("61", 39)
                .hex("80")
                .zeros(5)
                .bytes();

        assertRefused(bytes).satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.NOT_UTF8));
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false"})
    void outputsAndAnnouncementsAreLimited(int count, boolean read) {
        byte[] outputs = new Malformed()
                .hex(TRANSACTION + "00")
                .length(count)
                .zeros(5 * count + 1 + KERNEL_TAIL)
                .hex("01 00")
                .bytes();
        byte[] announcements = new Malformed()
                .hex(TRANSACTION + "00 00")
                .length(count)
                .zeros(count + KERNEL_TAIL)
                .hex("01 00")
                .bytes();

        assertReadOrTooLong(outputs, read, 2);
        assertReadOrTooLong(announcements, read, 3);
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false"})
    void inputsAreLimited(int count, boolean read) {
        byte[] bytes = new Malformed()
                .hex(TRANSACTION)
                .length(count)
                .zeros((INDEX_SET + 1) * count + 2 + KERNEL_TAIL)
                .hex("01 00")
                .bytes();

        assertReadOrTooLong(bytes, read, 1);
    }

    @ParameterizedTest
    @CsvSource({"45, true", "46, false"})
    void theChunksOfALaterInputAreLimited(int count, boolean read) {
        byte[] bytes = new Malformed()
                .hex(TRANSACTION + "02")
                .zeros(INDEX_SET + 1 + INDEX_SET)
                .length(count)
                .zeros(3 * count + 2 + KERNEL_TAIL)
                .hex("01 00")
                .bytes();

        assertReadOrTooLong(bytes, read, 2 + INDEX_SET + 1 + INDEX_SET);
    }

    @ParameterizedTest
    @CsvSource({"1000000, true", "1000001, false"})
    void theChunksOfTheFirstInputAreLimited(int count, boolean read) {
        byte[] bytes = new Malformed()
                .hex(TRANSACTION + "01")
                .zeros(INDEX_SET)
                .length(count)
                .zeros(3 * count + 2 + KERNEL_TAIL)
                .hex("01 00")
                .bytes();

        assertThat(ChunkDictionary.MAX_ENTRIES).isEqualTo(1_000_000);
        assertReadOrTooLong(bytes, read, 2 + INDEX_SET);
    }

    @ParameterizedTest
    @CsvSource({"32768, true", "32769, false"})
    void theScriptProofsOfACollectionAreLimited(int count, boolean read) {
        String before = TRANSACTION + " 00 00 00" + " 00".repeat(KERNEL_TAIL) + " 00 00 00";
        byte[] lockScripts = new Malformed()
                .hex(before)
                .length(count)
                .zeros(count + 5 + 15 + 1)
                .bytes();
        byte[] typeScripts = new Malformed()
                .hex(before + "00 00 00")
                .length(count)
                .zeros(count + 2 + 15 + 1)
                .bytes();

        assertReadOrTooLong(lockScripts, read, 16);
        assertReadOrTooLong(typeScripts, read, 19);
    }

    @Test
    void aLimitIsAppliedBeforeAnyElementIsThere() {
        byte[] bytes = new Malformed()
                .hex(TRANSACTION)
                .hex("FD FF FF FF FF FF FF FF FF")
                .bytes();

        assertRefused(bytes).satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.LIST_TOO_LONG));
    }

    @Test
    void aMessageInTheMiddleOfAnArrayOrBufferIsReadFromThere() throws MalformedMessageException {
        byte[] bytes = new Malformed().hex("FF FF 04 FB D8 D6 FF").bytes();
        ByteBuffer direct = ByteBuffer.allocateDirect(7).put(bytes).position(2).limit(6);
        ByteBuffer slice = ByteBuffer.wrap(bytes).slice(1, 5).position(1);

        PeerMessage expected =
                PeerMessageCodec.decode(new Malformed().hex("04 FB D8 D6").bytes());

        assertThat(PeerMessageCodec.decode(bytes, 2, 4)).isEqualTo(expected);
        assertThat(PeerMessageCodec.decode(direct)).isEqualTo(expected);
        assertThat(PeerMessageCodec.decode(slice)).isEqualTo(expected);
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(slice.hasRemaining()).isFalse();
    }

    @Test
    void anOffsetCountsFromWhereTheMessageBegins() {
        byte[] bytes = new Malformed().hex("FF FF 14 00 06").bytes();

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> PeerMessageCodec.decode(bytes, 2, 3))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(2));
    }

    @Test
    void anEncodingAboveTheLimitIsRefused() {
        BincodeWriter out = new BincodeWriter(IntegerWidth.VARIABLE, 10_000);

        for (int i = 0; i < 10_000; i++) {
            out.u8(1);
        }

        assertThat(out.toByteArray()).hasSize(10_000);
        out.u8(1);
        assertThatIllegalArgumentException().isThrownBy(out::toByteArray);
        assertThatIllegalArgumentException().isThrownBy(() -> {
            while (true) {
                out.u64(-1);
            }
        });
    }

    private static void assertReadOrTooLong(byte[] bytes, boolean read, int offset) {
        if (read) {
            assertThat(decoded(bytes).kind()).isEqualTo(PeerMessageKind.TRANSACTION);
            return;
        }
        assertRefused(bytes)
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.LIST_TOO_LONG))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset));
    }

    private static PeerMessage decoded(byte[] bytes) {
        try {
            return PeerMessageCodec.decode(bytes);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static ThrowableAssertAlternative<MalformedMessageException> assertRefused(byte[] bytes) {
        return assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> PeerMessageCodec.decode(bytes));
    }
}
