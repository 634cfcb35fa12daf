package proteus.application.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.hex;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.wire.FrameKind;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

final class FrameEncodingTest {

    private static final PeerMessage MESSAGE = new PeerMessage.BlockRequestByHeight(new BlockHeight(1));

    @Test
    void bincodeIsThatOfTheLegacyPort() {
        assertThat(FrameEncoding.BINCODE.encode(MESSAGE)).isEqualTo(hex("0401"));
    }

    static List<FrameEncoding> encodings() {
        return List.of(FrameEncoding.BINCODE, FrameEncoding.JSON);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void whatOneEncodesItDecodesAndKnowsTheKindOf(FrameEncoding encoding) throws Exception {
        byte[] payload = encoding.encode(MESSAGE);

        assertThat(encoding.decode(payload)).isEqualTo(MESSAGE);
        assertThat(encoding.kindOf(payload.length, ByteBuffer.wrap(payload)))
                .isEqualTo(new FrameKind.Known(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT));
    }

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void bincodeHasTheLimitsOfBincode(PeerMessageKind kind) {
        assertThat(FrameEncoding.BINCODE.limit(kind)).isEqualTo(FrameLimits.bincode(kind));
    }
}
