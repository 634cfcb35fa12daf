package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.peer.PeerMessageKind;

/** Wire reference, section 1.3. */
class FrameKindTest {

    private static final FrameKind UNDECIDED = new FrameKind.Undecided();
    private static final FrameKind UNKNOWN = new FrameKind.Unknown();

    @ParameterizedTest
    @EnumSource
    void everyKindIsKnownByItsFirstByte(PeerMessageKind kind) {
        assertThat(kindOf(1_000_000, new byte[] {(byte) kind.index()})).isEqualTo(new FrameKind.Known(kind));
    }

    @ParameterizedTest
    @CsvSource({"FB 05 00", "FC 05 00 00 00", "FD 05 00 00 00 00 00 00 00"})
    void anIndexLongerThanItNeedsToBeIsKnown(String hex) {
        assertThat(kindOf(100, new Malformed().hex(hex).bytes()))
                .isEqualTo(new FrameKind.Known(PeerMessageKind.BLOCK_REQUEST_BY_HASH));
    }

    @ParameterizedTest
    @CsvSource({"''", "FB", "FB 05", "FC 05 00 00", "21", "FE", "FF", "FD 00 00 00 00 01 00 00 00"})
    void asLongAsFewerBytesAreThereThanAreLookedAtNothingIsDecided(String hex) {
        assertThat(kindOf(100, new Malformed().hex(hex).bytes())).isEqualTo(UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource({"21", "FE", "FF", "FD 00 00 00 00 01 00 00 00"})
    void after64BytesAnIndexThatIsNoKindIsUnknown(String hex) {
        byte[] bytes = new Malformed().hex(hex).zeros(64).bytes();

        assertThat(FrameKind.ofBincode(100, ByteBuffer.wrap(bytes, 0, 63))).isEqualTo(UNDECIDED);
        assertThat(FrameKind.ofBincode(100, ByteBuffer.wrap(bytes, 0, 64))).isEqualTo(UNKNOWN);
    }

    @Test
    void aShortFrameIsDecidedWhenItIsComplete() {
        assertThat(kindOf(2, new Malformed().hex("21").bytes())).isEqualTo(UNDECIDED);
        assertThat(kindOf(2, new Malformed().hex("21 00").bytes())).isEqualTo(UNKNOWN);
        assertThat(kindOf(1, new Malformed().hex("FB").bytes())).isEqualTo(UNKNOWN);
    }

    @Test
    void bytesOfTheNextFrameDoNotCount() {
        assertThat(kindOf(2, new Malformed().hex("FB 05 00").bytes())).isEqualTo(UNKNOWN);
    }

    @Test
    void anEmptyFrameIsUnknown() {
        assertThat(kindOf(0, new byte[0])).isEqualTo(UNKNOWN);
        assertThat(kindOf(0, new byte[] {19})).isEqualTo(UNKNOWN);
    }

    @Test
    void theLargestLengthIsAFrameLikeAnyOther() {
        assertThat(kindOf(0xFFFF_FFFFL, new byte[0])).isEqualTo(UNDECIDED);
    }

    @Test
    void aWebRequestOnTheWrongPortIsNotRefusedAtOnce() {
        // "GET " is taken for the length, so the payload begins with the path.
        byte[] payload = "/ HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(kindOf(0x47455420L, payload)).isEqualTo(UNDECIDED);
    }

    @Test
    void theBufferStaysAsItIs() {
        ByteBuffer received =
                ByteBuffer.allocateDirect(8).put(3, (byte) 4).position(3).limit(7);

        assertThat(FrameKind.ofBincode(4, received))
                .isEqualTo(new FrameKind.Known(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT));
        assertThat(received.position()).isEqualTo(3);
        assertThat(received.limit()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsKnownByItsQuotedName(PeerMessageKind kind) {
        String name = "\"" + kind.upstreamName() + "\"";

        assertThat(kindOf(1_000_000, name)).isEqualTo(new FrameKind.Known(kind));
        assertThat(kindOf(1_000_000, "{" + name)).isEqualTo(new FrameKind.Known(kind));
        assertThat(kindOf(1_000_000, " \n{\t" + name + " : {")).isEqualTo(new FrameKind.Known(kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                " { ",
                "\"",
                "{\"Bloc",
                "\"Bye",
                "[1,2]",
                "x",
                "\"bye\"",
                "{\"NoSuchMessage\":",
                "\u00e9"
            })
    void asLongAsFewerBytesAreThereThanAreLookedAtNoNameIsDecided(String text) {
        assertThat(kindOf(100, text)).isEqualTo(UNDECIDED);
        assertThat(kindOf(64, text)).isEqualTo(UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2]",
                "x\"Bye\"",
                "\"bye\"",
                "\"Bye \"",
                "{{\"Bye\"",
                "\"\"",
                "'Bye'",
                "\"\\u0042ye\"",
                "\"NoSuchMessage\"",
                "\ufeff\"Bye\""
            })
    void after64BytesANameThatIsNoKindIsUnknown(String text) {
        byte[] bytes = (text + " ".repeat(64)).getBytes(StandardCharsets.UTF_8);

        assertThat(FrameKind.ofJson(100, ByteBuffer.wrap(bytes, 0, 63))).isEqualTo(UNDECIDED);
        assertThat(FrameKind.ofJson(100, ByteBuffer.wrap(bytes, 0, 64))).isEqualTo(UNKNOWN);
    }

    @Test
    void theClosingQuoteHasToBeWithin64Bytes() {
        String before = " ".repeat(59) + "\"Bye";

        assertThat(kindOf(100, before)).isEqualTo(UNDECIDED);
        assertThat(kindOf(100, before + "\"")).isEqualTo(new FrameKind.Known(PeerMessageKind.BYE));
        assertThat(kindOf(100, " " + before + "\"")).isEqualTo(UNKNOWN);
    }

    @Test
    void aShortTextIsDecidedWhenItIsComplete() {
        assertThat(kindOf(4, "\"By")).isEqualTo(UNDECIDED);
        assertThat(kindOf(4, "\"Bye")).isEqualTo(UNKNOWN);
        assertThat(kindOf(4, "\"Bye\"")).isEqualTo(UNKNOWN);
        assertThat(kindOf(0, "\"Bye\"")).isEqualTo(UNKNOWN);
        assertThat(kindOf(5, "\"Bye\"")).isEqualTo(new FrameKind.Known(PeerMessageKind.BYE));
    }

    /** Upstream strips what Unicode calls white space, although JSON has four kinds only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\t", "\n", "\u000b", "\f", "\r", " ", "\u0085", "\u00a0", "\u1680", "\u2007", "\u2028", "\u202f",
                "\u3000"
            })
    void whiteSpaceBeforeTheNameIsThatOfUnicode(String space) {
        assertThat(kindOf(100, space + "{" + space + space + "\"Bye\""))
                .isEqualTo(new FrameKind.Known(PeerMessageKind.BYE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001c", "\u200b", "\u180e", "\ufeff"})
    void whatUnicodeDoesNotCallWhiteSpaceIsNone(String character) {
        assertThat(kindOf(9, (character + "\"Bye\"    ").substring(0, 9))).isNotInstanceOf(FrameKind.Known.class);
    }

    @Test
    void theBufferStaysAsItIsForNames() {
        ByteBuffer received = ByteBuffer.allocateDirect(20)
                .put(3, "\"Bye\"".getBytes(StandardCharsets.US_ASCII))
                .position(3)
                .limit(8);

        assertThat(FrameKind.ofJson(5, received)).isEqualTo(new FrameKind.Known(PeerMessageKind.BYE));
        assertThat(received.position()).isEqualTo(3);
        assertThat(received.limit()).isEqualTo(8);
    }

    private static FrameKind kindOf(long frameLength, String received) {
        return FrameKind.ofJson(frameLength, ByteBuffer.wrap(received.getBytes(StandardCharsets.UTF_8)));
    }

    private static FrameKind kindOf(long frameLength, byte[] received) {
        return FrameKind.ofBincode(frameLength, ByteBuffer.wrap(received));
    }
}
