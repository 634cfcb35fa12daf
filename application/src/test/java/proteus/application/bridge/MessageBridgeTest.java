package proteus.application.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.samples.WireSamples;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

class MessageBridgeTest {

    private static final int MESSAGES_PER_KIND = 40;

    @ParameterizedTest
    @EnumSource
    void everyMessageComesBackFromTheOtherSide(PeerMessageKind kind) {
        for (long seed = 0; seed < MESSAGES_PER_KIND; seed++) {
            PeerMessage message = new RandomPeerMessages(new Random(seed)).next(kind);

            Libp2pMessage other = MessageBridge.toLibp2p(message);

            assertThat(MessageBridge.toPeer(other)).as("seed %d", seed).isEqualTo(message);
            assertThat(MessageBridge.toLibp2p(MessageBridge.toPeer(other))).isEqualTo(other);
        }
    }

    @Test
    void everyVectorAndEveryRecordedMessageComesBack() throws Exception {
        List<byte[]> wires = Stream.concat(
                        WireSamples.vectors().stream().map(WireSamples.Vector::wire),
                        WireSamples.recordedFrames("legacy-session").stream())
                .toList();
        assertThat(wires).hasSizeGreaterThan(300);
        for (byte[] wire : wires) {
            PeerMessage message = PeerMessageCodec.decode(wire);

            assertThat(MessageBridge.toPeer(MessageBridge.toLibp2p(message))).isEqualTo(message);
        }
    }

    @Test
    void noTwoKindsBecomeTheSame() {
        Set<Class<?>> forms = new HashSet<>();
        for (PeerMessageKind kind : PeerMessageKind.values()) {
            forms.add(MessageBridge.toLibp2p(new RandomPeerMessages(new Random(1)).next(kind))
                    .getClass());
        }

        assertThat(forms).hasSameSizeAs(Arrays.asList(PeerMessageKind.values()));
    }
}
