package proteus.adapters.libp2p.engine.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.multistream.Wire.HEADER;
import static proteus.adapters.libp2p.engine.multistream.Wire.LS;
import static proteus.adapters.libp2p.engine.multistream.Wire.NA;
import static proteus.adapters.libp2p.engine.multistream.Wire.NOISE;
import static proteus.adapters.libp2p.engine.multistream.Wire.TLS;
import static proteus.adapters.libp2p.engine.multistream.Wire.hex;
import static proteus.adapters.libp2p.engine.multistream.Wire.sent;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed on depends on the bytes alone, never on how they are cut. */
final class MultistreamConversationTest {

    private static final List<String> NAMES = List.of("/a", "/noise", "/tls/1.0.0", "/" + "long".repeat(50));

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + TLS + LS + NOISE + "48656c6c6f",
                HEADER + TLS + TLS + NOISE,
                HEADER + HEADER + NOISE,
                HEADER + "00" + NOISE,
                HEADER + "ff7f" + NOISE,
                NOISE,
                HEADER + TLS
            })
    void aListenerSeesTheSameHoweverItIsCut(String conversation) {
        byte[] bytes = hex(conversation);
        String whole = listen(bytes, bytes.length);

        assertThat(listen(bytes, 1)).isEqualTo(whole);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(listen(bytes, cut)).as("cut at every %d", cut).isEqualTo(whole);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(listen(bytes, -1)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    /** Says {@code bytes} in pieces of {@code size}, or of random ones if that is negative. */
    private String listen(byte[] bytes, int size) {
        Receiver receiver = new Receiver();
        EmbeddedChannel channel =
                new EmbeddedChannel(new MultistreamListener("/noise"::equals, MultistreamSettings.STANDARD), receiver);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, size < 0 ? random.nextInt(1, 12) : size);
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
            at += length;
        }
        String outcome = receiver.heard() + " after " + sent(channel);
        channel.finishAndReleaseAll();
        return outcome;
    }

    @Test
    void bothSidesAgreeOnTheFirstThatBothSpeakWhateverTheCuts() {
        for (int i = 0; i < 500; i++) {
            List<String> proposals = new ArrayList<>(NAMES);
            java.util.Collections.shuffle(proposals, Random.from(random));
            proposals = proposals.subList(0, random.nextInt(1, NAMES.size() + 1));
            Set<String> spoken = new HashSet<>(NAMES);
            spoken.removeIf(_ -> random.nextBoolean());
            boolean optimistic = random.nextBoolean();

            converse(proposals, spoken, optimistic);
        }
    }

    private void converse(List<String> proposals, Set<String> spoken, boolean optimistic) {
        String about = "seed " + seed + ": " + proposals + " to " + spoken + (optimistic ? " optimistically" : "");
        Receiver dialled = new Receiver().speakingAtOnce("from the dialler");
        Receiver listened = new Receiver().speakingAtOnce("from the listener");
        EmbeddedChannel listener =
                new EmbeddedChannel(new MultistreamListener(spoken::contains, MultistreamSettings.STANDARD), listened);
        EmbeddedChannel dialler = new EmbeddedChannel(
                new MultistreamDialler(proposals, optimistic, MultistreamSettings.STANDARD), dialled);

        boolean moved = true;
        while (moved) {
            moved = carry(dialler, listener) | carry(listener, dialler);
        }

        Optional<String> agreed = proposals.stream().filter(spoken::contains).findFirst();
        if (agreed.isPresent()) {
            String event = "[" + agreed.get() + "]";
            assertThat(dialled.heard()).as(about).isEqualTo(event + "from the listener");
            assertThat(listened.heard()).as(about).isEqualTo(event + "from the dialler");
        } else {
            String event = optimistic ? "[" + proposals.getLast() + "]" : "";
            assertThat(dialled.heard()).as(about).isEqualTo(event + "!NO_COMMON_PROTOCOL");
            // What an optimistic dialler says too soon is no multistream-select; the listener may see that.
            assertThat(listened.heard()).as(about).isIn("", "!MALFORMED", "!TOO_LONG");
        }
        dialler.finishAndReleaseAll();
        listener.finishAndReleaseAll();
    }

    private boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        from.flushOutbound();
        byte[] bytes = hex(sent(from));
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(1, 40));
            to.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
            at += length;
        }
        return bytes.length > 0;
    }

    @Test
    void aBufferThatHoldsOneUnfinishedMessageIsLetGo() {
        EmbeddedChannel channel = new EmbeddedChannel(
                new MultistreamListener("/noise"::equals, MultistreamSettings.STANDARD), new Receiver());
        ByteBuf large = Unpooled.buffer(65_536).writeBytes(hex(HEADER, NA.substring(0, 4)));

        channel.writeInbound(large);

        assertThat(large.refCnt()).isZero();
        assertThat(sent(channel)).isEqualTo(HEADER);
        channel.finishAndReleaseAll();
    }

    @Test
    void namesMayBeLongerThanOneByteOfLengthCanSay() {
        ByteBuf out = Unpooled.buffer();

        MultistreamMessage.write(out, "/" + "x".repeat(199));

        assertThat(out.readUnsignedShort()).isEqualTo(0xC901);
        assertThat(out.readableBytes()).isEqualTo(201);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("/" + "x".repeat(199) + "\n");
    }
}
