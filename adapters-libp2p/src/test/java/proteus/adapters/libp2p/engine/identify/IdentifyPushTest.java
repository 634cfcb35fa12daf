package proteus.adapters.libp2p.engine.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.identify.Samples.framed;

import com.google.protobuf.ByteString;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException.Reason;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;

/** What a push may leave out, and what it changes. */
final class IdentifyPushTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private final Promise<IdentifyInfo> result = ImmediateEventExecutor.INSTANCE.newPromise();
    private final DuplexEmbeddedChannel stream =
            streams.open(IdentifyReader.ofPush(Samples.ALICE.peerId(), IdentifyLimits.usual(), result));

    private void push(IdentifyMessage message) {
        stream.receive(framed(message));
        stream.endInput();
    }

    @Test
    void aPushNeedsNoKeyAndChangesOnlyWhatItHas() {
        push(IdentifyMessage.newBuilder()
                .addProtocols(ByteString.copyFromUtf8("/new"))
                .build());

        IdentifyInfo updated = Samples.ALICES.updatedBy(result.getNow());

        assertThat(updated)
                .isEqualTo(new IdentifyInfo(
                        Samples.ALICES.publicKey(),
                        Samples.ALICES.listenAddresses(),
                        List.of("/new"),
                        Samples.ALICES.observedAddress(),
                        Samples.ALICES.protocolVersion(),
                        Samples.ALICES.agentVersion(),
                        Optional.empty()));
    }

    @Test
    void aPushMayChangeEverything() {
        SignedPeerRecord record = SignedPeerRecord.create(Samples.ALICE, 1, List.of());
        IdentifyInfo everything = new IdentifyInfo(
                Optional.of(Samples.ALICE.publicKey()),
                List.of(Samples.address("/ip4/203.0.113.7/tcp/1")),
                List.of("/new"),
                Optional.of(Samples.ADDRESS),
                Optional.of("other"),
                Optional.of("agent"),
                Optional.of(record));

        assertThat(Samples.ALICES.updatedBy(everything)).isEqualTo(everything);
    }

    @Test
    void anEmptyPushChangesNothing() {
        push(IdentifyMessage.getDefaultInstance());

        assertThat(Samples.ALICES.updatedBy(result.getNow())).isEqualTo(Samples.ALICES);
    }

    @Test
    void aPushWithTheKeyOfSomebodyElseFails() {
        push(IdentifyMessage.newBuilder()
                .setPublicKey(ByteString.copyFrom(Samples.BOB.publicKey().encoded()))
                .build());

        assertThat(((IdentifyFailedException) result.cause()).reason()).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void limitsThatAreNotPositiveAreRefused() {
        for (int broken = 0; broken < 6; broken++) {
            int[] limits = {1, 1, 1, 1, 1, 1};
            limits[broken] = 0;
            assertThatThrownBy(() -> new IdentifyLimits(
                            limits[0], limits[1], limits[2], limits[3], limits[4], Duration.ofSeconds(limits[5])))
                    .as("limit %d", broken)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
