package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    private static FrameKind kindOf(long frameLength, byte[] received) {
        return FrameKind.ofBincode(frameLength, ByteBuffer.wrap(received));
    }
}
