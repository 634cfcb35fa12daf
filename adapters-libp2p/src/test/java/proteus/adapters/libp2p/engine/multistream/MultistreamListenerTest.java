package proteus.adapters.libp2p.engine.multistream;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

final class MultistreamListenerTest {

    private final Receiver receiver = new Receiver();
    private final MultistreamListener listener =
            new MultistreamListener(Set.of("/noise", "/yamux/1.0.0")::contains, MultistreamSettings.STANDARD);
    private final EmbeddedChannel channel = new EmbeddedChannel(listener, receiver);

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
    }

    @Test
    void theFirstSpokenProposalIsEchoed() {
        arrive(channel, HEADER, TLS);
        arrive(channel, NOISE);

        assertThat(sent(channel)).isEqualTo(HEADER + NA + NOISE);
        assertThat(receiver.heard()).isEqualTo("[/noise]");
        assertThat(channel.pipeline().get(MultistreamListener.class)).isNull();
    }

    @Test
    void nothingIsSaidBeforeTheRemoteSpeaks() {
        assertThat(sent(channel)).isEmpty();

        arrive(channel, HEADER);

        assertThat(sent(channel)).isEqualTo(HEADER);
    }

    @Test
    void whatIsReadBeyondGoesToTheNextHandler() {
        arrive(channel, HEADER, YAMUX, text("frames"));
        arrive(channel, text(" and more"));

        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]frames and more");
    }

    @Test
    void whatIsReadBeyondGoesToAHandlerThatTheReceiverOfTheEventPutInFront() {
        Receiver inFront = new Receiver();
        channel.pipeline().addBefore(channel.pipeline().context(receiver).name(), "adds", new AddsBehind(inFront));

        arrive(channel, HEADER, YAMUX, text("frames"));

        assertThat(inFront.heard()).isEqualTo("frames");
        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]");
    }

    @Test
    void bytesThatArriveWhileTheEventIsHandledStayInOrder() {
        channel.pipeline().addFirst("first", new ChannelInboundHandlerAdapter());
        channel.pipeline().addAfter(channel.pipeline().context(listener).name(), "reads", new DeliversOnEvent("later"));

        arrive(channel, HEADER, YAMUX, text("sooner, "));

        assertThat(receiver.heard()).isEqualTo("[/yamux/1.0.0]sooner, later");
    }

    @Test
    void theAnswerGoesOutInOneFlushWithWhatTheReceiverWrites() {
        FlushCounter flushes = new FlushCounter();
        channel.pipeline().addFirst(flushes);
        receiver.speakingAtOnce("hello");

        arrive(channel, HEADER, NOISE);

        assertThat(flushes.count()).isOne();
        assertThat(sent(channel)).isEqualTo(HEADER + NOISE + text("hello"));
    }

    @Test
    void aListingIsRefusedAndTheNegotiationGoesOn() {
        arrive(channel, HEADER, LS, NOISE);

        assertThat(sent(channel)).isEqualTo(HEADER + NA + NOISE);
        assertThat(receiver.heard()).isEqualTo("[/noise]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no header,                  " + NOISE + ", MALFORMED",
        "header of another version,  132f6d756c746973747265616d2f322e302e300a, MALFORMED",
        "header twice,               " + HEADER + HEADER + ", MALFORMED",
        "listing before the header,  " + LS + ", MALFORMED",
        "a refusal,                  " + HEADER + NA + ", MALFORMED",
        "no newline,                 " + HEADER + "072f6e6f69736520, MALFORMED",
        "a newline within,           " + HEADER + "072f0a6f6973650a, MALFORMED",
        "no slash,                   " + HEADER + "066e6f6973650a, MALFORMED",
        "an empty line,              " + HEADER + "010a, MALFORMED",
        "a padded length,            " + HEADER + "87002f6e6f6973650a, MALFORMED",
        "an empty message,           " + HEADER + "00, MALFORMED",
        "an empty message first,     00, MALFORMED",
        "a length above the limit,   " + HEADER + "8108, TOO_LONG",
        "the largest length,         " + HEADER + "ff7f, TOO_LONG",
        "a length of three bytes,    " + HEADER + "ffff, TOO_LONG"
    })
    void faultsAreFoundWithoutWaitingForMore(String name, String bytes, Reason reason) {
        arrive(channel, bytes);
        arrive(channel, HEADER, NOISE, text("nothing of this"));

        assertThat(receiver.heard()).isEqualTo("!" + reason);
    }

    @Test
    void aMessageOfTheGreatestLengthIsRead() {
        byte[] name = new byte[1023];
        Arrays.fill(name, (byte) '/');

        arrive(channel, HEADER, "8008", java.util.HexFormat.of().formatHex(name), "0a", NOISE);

        assertThat(sent(channel)).isEqualTo(HEADER + NA + NOISE);
    }

    @Test
    void aStreamOfZeroBytesIsNotAnswered() {
        arrive(channel, HEADER);
        sent(channel);

        for (int i = 0; i < 100; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[65_536]));
        }

        assertThat(sent(channel)).isEmpty();
        assertThat(receiver.heard()).isEqualTo("!MALFORMED");
    }

    @Test
    void theSixtyFifthMessageIsOneTooMany() {
        arrive(channel, HEADER);
        for (int i = 2; i <= 64; i++) {
            arrive(channel, TLS);
        }
        assertThat(receiver.heard()).isEmpty();

        arrive(channel, NOISE);

        assertThat(receiver.heard()).isEqualTo("!TOO_MANY_MESSAGES");
        assertThat(sent(channel)).isEqualTo(HEADER + NA.repeat(63));
    }

    @Test
    void aCloseInTheMiddleIsAFailureOnce() {
        arrive(channel, HEADER, "07");

        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.close();

        assertThat(receiver.heard()).isEqualTo("!CLOSED");
    }

    @Test
    void aCloseAfterTheAgreementIsTheReceiversMatter() {
        arrive(channel, HEADER, NOISE);

        channel.close();

        assertThat(receiver.heard()).isEqualTo("[/noise]");
    }

    @Test
    void withoutAutomaticReadsItReadsUntilTheAgreementAndNoFurther() {
        ReadCounter reads = new ReadCounter();
        EmbeddedChannel manual = new EmbeddedChannel();
        manual.config().setAutoRead(false);
        manual.pipeline()
                .addLast(
                        reads, new MultistreamListener("/noise"::equals, MultistreamSettings.STANDARD), new Receiver());

        assertThat(reads.count).isOne();
        arrive(manual, HEADER);
        assertThat(reads.count).isEqualTo(2);
        arrive(manual, NOISE);
        assertThat(reads.count).isEqualTo(2);
        manual.finishAndReleaseAll();
    }

    /** Puts a handler behind itself when the protocol is known. */
    private static final class AddsBehind extends ChannelInboundHandlerAdapter {

        private final Receiver added;

        AddsBehind(Receiver added) {
            this.added = added;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ctx.fireUserEventTriggered(event);
            ctx.pipeline().addAfter(ctx.name(), "added", added);
        }
    }

    /** Makes the channel deliver more while it handles the event, as a stream with queued bytes does. */
    private static final class DeliversOnEvent extends ChannelInboundHandlerAdapter {

        private final String more;

        DeliversOnEvent(String more) {
            this.more = more;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ByteBuf bytes = Unpooled.wrappedBuffer(Wire.hex(text(more)));
            ctx.pipeline().context("first").fireChannelRead(bytes);
            ctx.fireUserEventTriggered(event);
        }
    }

    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {

        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }
}
