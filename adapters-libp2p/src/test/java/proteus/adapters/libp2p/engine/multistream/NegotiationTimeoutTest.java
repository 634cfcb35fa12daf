package proteus.adapters.libp2p.engine.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static proteus.adapters.libp2p.engine.multistream.Wire.HEADER;
import static proteus.adapters.libp2p.engine.multistream.Wire.NOISE;
import static proteus.adapters.libp2p.engine.multistream.Wire.arrive;
import static proteus.adapters.libp2p.engine.multistream.Wire.text;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NegotiationTimeoutTest {

    private final Receiver receiver = new Receiver();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    NegotiationTimeoutTest() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(
                        new MultistreamListener("/noise"::equals, MultistreamSettings.STANDARD),
                        new NegotiationTimeout(Duration.ofSeconds(10)),
                        receiver);
    }

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
    }

    private void pass(long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void tooLateIsAFailureAndNothingOfTheNegotiationFollows() {
        arrive(channel, HEADER);
        pass(9_999);
        assertThat(receiver.heard()).isEmpty();

        pass(1);
        arrive(channel, NOISE, text("nothing of this"));
        channel.close();

        assertThat(receiver.heard()).isEqualTo("!TIMED_OUT");
    }

    @Test
    void afterTheAgreementNoTimeMatters() {
        arrive(channel, HEADER, NOISE, text("beyond"));
        pass(20_000);

        assertThat(receiver.heard()).isEqualTo("[/noise]beyond");
        assertThat(channel.pipeline().get(NegotiationTimeout.class)).isNull();
    }

    @Test
    void afterAFailureItDoesNotFailAgain() {
        arrive(channel, "00");
        pass(20_000);

        assertThat(receiver.heard()).isEqualTo("!MALFORMED");
    }

    @Test
    void patienceIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NegotiationTimeout(Duration.ZERO));
    }
}
