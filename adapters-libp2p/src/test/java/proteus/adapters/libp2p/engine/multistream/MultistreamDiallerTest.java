package proteus.adapters.libp2p.engine.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static proteus.adapters.libp2p.engine.multistream.Wire.HEADER;
import static proteus.adapters.libp2p.engine.multistream.Wire.LS;
import static proteus.adapters.libp2p.engine.multistream.Wire.NA;
import static proteus.adapters.libp2p.engine.multistream.Wire.NOISE;
import static proteus.adapters.libp2p.engine.multistream.Wire.TLS;
import static proteus.adapters.libp2p.engine.multistream.Wire.YAMUX;
import static proteus.adapters.libp2p.engine.multistream.Wire.arrive;
import static proteus.adapters.libp2p.engine.multistream.Wire.sent;
import static proteus.adapters.libp2p.engine.multistream.Wire.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

final class MultistreamDiallerTest {

    private final Receiver receiver = new Receiver();
    private final EmbeddedChannel channel = new EmbeddedChannel(receiver);

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
    }

    private void dial(boolean optimistic, String... protocols) {
        channel.pipeline()
                .addFirst(new MultistreamDialler(List.of(protocols), optimistic, MultistreamSettings.STANDARD));
    }

    @Test
    void headerAndFirstProposalAreOneWrite() {
        dial(false, "/tls/1.0.0", "/noise");

        ByteBuf first = channel.readOutbound();

        assertThat(ByteBufUtil.hexDump(first)).isEqualTo(HEADER + TLS);
        first.release();
    }

    @Test
    void aRefusalLeadsToTheNextProposal() {
        dial(false, "/tls/1.0.0", "/noise");
        arrive(channel, HEADER, NA);
        arrive(channel, NOISE, text("and then"));

        assertThat(sent(channel)).isEqualTo(HEADER + TLS + NOISE);
        assertThat(receiver.heard()).isEqualTo("[/noise]and then");
        assertThat(channel.pipeline().get(MultistreamDialler.class)).isNull();
    }

    @Test
    void whenAllAreRefusedThereIsNothingInCommon() {
        dial(false, "/tls/1.0.0", "/noise");

        arrive(channel, HEADER, NA, NA, text("nothing of this"));

        assertThat(receiver.heard()).isEqualTo("!NO_COMMON_PROTOCOL");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no header,        " + NOISE,
        "header twice,     " + HEADER + HEADER,
        "another protocol, " + HEADER + TLS,
        "a listing,        " + HEADER + LS,
        "an empty message, 00"
    })
    void answersOutOfTurnAreFaults(String name, String bytes) {
        dial(false, "/noise");

        arrive(channel, bytes);

        assertThat(receiver.heard()).isEqualTo("!MALFORMED");
    }

    @Test
    void anOptimisticDiallerDoesNotWait() {
        dial(true, "/yamux/1.0.0");

        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]");
    }

    @Test
    void whatIsWrittenAtOnceGoesOutWithTheProposal() {
        FlushCounter flushes = new FlushCounter();
        receiver.speakingAtOnce("first");
        channel.pipeline().addFirst("flushes", flushes);
        channel.pipeline()
                .addAfter(
                        "flushes",
                        "dialler",
                        new MultistreamDialler(List.of("/yamux/1.0.0"), true, MultistreamSettings.STANDARD));

        channel.runPendingTasks();

        assertThat(flushes.count()).isOne();
        assertThat(sent(channel)).isEqualTo(HEADER + YAMUX + text("first"));
    }

    @Test
    void aProposalGoesOutEvenIfNothingIsWritten() {
        dial(true, "/yamux/1.0.0");

        channel.runPendingTasks();

        assertThat(sent(channel)).isEqualTo(HEADER + YAMUX);
    }

    @Test
    void theConfirmationIsTakenOutOfWhatComesIn() {
        dial(true, "/yamux/1.0.0");
        arrive(channel, HEADER);
        arrive(channel, YAMUX, text("frames"));
        arrive(channel, text(" and more"));

        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]frames and more");
        assertThat(channel.pipeline().get(MultistreamDialler.class)).isNull();
    }

    @Test
    void aLateRefusalIsAFailureAfterTheEvent() {
        dial(true, "/yamux/1.0.0");

        arrive(channel, HEADER, NA, text("nothing of this"));

        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]!NO_COMMON_PROTOCOL");
    }

    @Test
    void theLastProposalAfterRefusalsIsOptimisticToo() {
        receiver.speakingAtOnce("first");
        dial(true, "/tls/1.0.0", "/noise");
        assertThat(sent(channel)).isEqualTo(HEADER + TLS);
        assertThat(receiver.heard()).isEmpty();

        arrive(channel, HEADER, NA);

        assertThat(sent(channel)).isEqualTo(NOISE + text("first"));
        arrive(channel, NOISE, text("answer"));
        assertThat(receiver.heard()).isEqualTo("[/noise]answer");
    }

    @Test
    void aReceiverThatIsAddedAfterwardsStillGetsTheEvent() {
        Receiver late = new Receiver();
        EmbeddedChannel other = new EmbeddedChannel(
                new MultistreamDialler(List.of("/noise"), true, MultistreamSettings.STANDARD), late);

        other.runPendingTasks();

        assertThat(late.heard()).isEqualTo("[/noise]");
        other.finishAndReleaseAll();
    }

    @Test
    void aCloseInTheMiddleIsAFailureOnce() {
        dial(false, "/noise");

        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.close();

        assertThat(receiver.heard()).isEqualTo("!CLOSED");
        assertThat(receiver.reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void aCloseBeforeTheConfirmationIsAFailureToo() {
        dial(true, "/noise");

        channel.close();

        assertThat(receiver.heard()).isEqualTo("[/noise]!CLOSED");
    }

    @Test
    void namesThatCannotBeProposedAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> dial(false));
        assertThatIllegalArgumentException().isThrownBy(() -> dial(false, "noise"));
        assertThatIllegalArgumentException().isThrownBy(() -> dial(false, "/noise\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> dial(false, "/".repeat(1024)));
    }
}
