package proteus.adapters.libp2p.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.nativeprotocol.Samples.field;
import static proteus.adapters.libp2p.nativeprotocol.Samples.fixed;
import static proteus.adapters.libp2p.nativeprotocol.Samples.integer;
import static proteus.adapters.libp2p.nativeprotocol.Samples.joined;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** What a later version says beyond what this one knows. */
class UnknownFieldsTest {

    private static final byte[] NEW = joined(integer(200, 5), field(201, new byte[] {1, 2, 3}), fixed(202, -1));
    private static final PeerMessage MESSAGE = new PeerMessage.BlockRequestByHeight(new BlockHeight(7));

    private final NativeFrames frames = new NativeFrames();

    private static byte[] message(int depth) {
        byte[] height = joined(fixed(1, 7), depth == 2 ? NEW : new byte[0]);
        byte[] family = joined(field(3, height), depth == 1 ? NEW : new byte[0]);
        return joined(field(2, family), depth == 0 ? NEW : new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void areKeptAtEveryDepthByWhoHandsAMessageOn(int depth) throws Exception {
        byte[] payload = message(depth);

        NativeMessage read = NativeMessage.parse(payload);

        assertThat(read.toBytes()).isEqualTo(payload);
        assertThat(NativeMessage.parse(read.toBytes()).toBytes()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void meanNothingToWhoUnderstandsTheRest(int depth) throws Exception {
        assertThat(frames.decode(message(depth))).isEqualTo(MESSAGE);
    }

    @Test
    void ofARecordArePassedOver() throws Exception {
        HandshakeData data = new RandomPeerMessages(new Random(1)).handshakeData();
        byte[] later = joined(
                integer(1, NativeRecord.REVISION + 1),
                field(2, NodeForm.of(data).toByteArray(), NEW),
                NEW);

        assertThat(NativeRecord.decode(later)).isEqualTo(data);
    }
}
