package proteus.adapters.libp2p.engine.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.identify.Samples.alicesMessage;
import static proteus.adapters.libp2p.engine.identify.Samples.framed;
import static proteus.adapters.libp2p.engine.identify.Samples.hex;

import com.google.protobuf.ByteString;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException.Reason;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What is made of a remote's telling. */
final class IdentifyReaderTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private final Promise<IdentifyInfo> result = ImmediateEventExecutor.INSTANCE.newPromise();
    private final DuplexEmbeddedChannel stream =
            streams.open(IdentifyReader.ofAnswer(Samples.ALICE.peerId(), IdentifyLimits.usual(), result));

    private IdentifyInfo told(IdentifyMessage... messages) {
        stream.receive(framed(messages));
        stream.endInput();
        assertThat(result.cause()).isNull();
        return result.getNow();
    }

    private Reason failure() {
        assertThat(result.cause()).isInstanceOf(IdentifyFailedException.class);
        assertThat(stream.wasReset()).isTrue();
        return ((IdentifyFailedException) result.cause()).reason();
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Test
    void aMessageIsReadWhenTheRemoteHasEndedItsSide() {
        stream.receive(HexFormat.of().parseHex(Samples.ALICES_BYTES));
        assertThat(result.isDone()).isFalse();

        stream.endInput();

        assertThat(result.getNow()).isEqualTo(Samples.ALICES);
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void whatAWriterSendsAReaderUnderstands() {
        SignedPeerRecord record = SignedPeerRecord.create(Samples.ALICE, 7, List.of(Samples.ADDRESS));
        IdentifyInfo info = new IdentifyInfo(
                Optional.of(Samples.ALICE.publicKey()),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(record));
        DuplexEmbeddedChannel writer =
                streams.open(new IdentifyWriter(info, IdentifyLimits.usual().timeout()));

        stream.receive(writer.sent());
        stream.endInput();

        assertThat(result.getNow()).isEqualTo(info);
    }

    @Test
    void severalMessagesAreMergedFieldByField() {
        IdentifyInfo info = told(
                alicesMessage()
                        .addProtocols(text("/a"))
                        .setAgentVersion(text("old"))
                        .build(),
                IdentifyMessage.newBuilder()
                        .addProtocols(text("/b"))
                        .addProtocols(text("/a"))
                        .addListenAddrs(hex(Samples.ADDRESS_BYTES))
                        .build(),
                IdentifyMessage.newBuilder().setAgentVersion(text("new")).build());

        assertThat(info.publicKey()).contains(Samples.ALICE.publicKey());
        assertThat(info.protocols()).containsExactly("/a", "/b");
        assertThat(info.listenAddresses()).containsExactly(Samples.ADDRESS);
        assertThat(info.agentVersion()).contains("new");
        assertThat(info.protocolVersion()).isEmpty();
    }

    @Test
    void tenMessagesAreReadAndElevenFail() {
        for (int i = 0; i < 10; i++) {
            stream.receive(framed(alicesMessage().build()));
        }
        assertThat(result.isDone()).isFalse();

        stream.receive(framed(IdentifyMessage.getDefaultInstance()));

        assertThat(failure()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aMessageAboveTheLimitFailsWithItsLength() {
        stream.receive(HexFormat.of().parseHex("8140"));

        assertThat(failure()).isEqualTo(Reason.MALFORMED);
        assertThat(result.cause()).hasMessageContaining("8193 bytes");
    }

    @Test
    void protocolsPlantedByManyMessagesAreKeptUpToTheLimit() {
        for (int i = 0; i < 10; i++) {
            IdentifyMessage.Builder message = alicesMessage();
            for (int j = 0; j < 200; j++) {
                message.addProtocols(text("/planted/" + i + "/" + j));
                message.addListenAddrs(hex("04%08x062649".formatted(1000 * i + j)));
            }
            stream.receive(framed(message.build()));
        }
        stream.endInput();

        assertThat(result.getNow().protocols()).hasSize(IdentifyLimits.usual().protocols());
        assertThat(result.getNow().listenAddresses())
                .hasSize(IdentifyLimits.usual().addresses());
    }

    @Test
    void namesAndAddressesThatCannotBeReadAreLeftOut() {
        IdentifyInfo info = told(alicesMessage()
                .addProtocols(text("no-slash"))
                .addProtocols(hex("2fff"))
                .addProtocols(ByteString.EMPTY)
                .addProtocols(text("/" + "x".repeat(256)))
                .addProtocols(text("/good"))
                .addListenAddrs(hex("ff"))
                .addListenAddrs(hex(Samples.ADDRESS_BYTES + "ff7f00"))
                .addListenAddrs(ByteString.EMPTY)
                .addListenAddrs(hex(Samples.ADDRESS_BYTES))
                .setObservedAddr(hex("0400"))
                .setAgentVersion(hex("ff"))
                .setProtocolVersion(text("x".repeat(257)))
                .build());

        assertThat(info.protocols()).containsExactly("/good");
        assertThat(info.listenAddresses()).containsExactly(Samples.ADDRESS);
        assertThat(info.observedAddress()).isEmpty();
        assertThat(info.agentVersion()).isEmpty();
        assertThat(info.protocolVersion()).isEmpty();
    }

    @Test
    void addressesThatNameAnotherPeerAreLeftOut() {
        String alices = "/ip4/203.0.113.7/tcp/1/p2p/" + Samples.ALICE.peerId();
        String throughBob = "/ip4/203.0.113.7/tcp/2/p2p/" + Samples.BOB.peerId() + "/p2p-circuit";
        String bobs = "/ip4/203.0.113.7/tcp/3/p2p/" + Samples.BOB.peerId();

        IdentifyMessage.Builder message = alicesMessage();
        for (String address : List.of(alices, throughBob, bobs)) {
            message.addListenAddrs(ByteString.copyFrom(Samples.address(address).encoded()));
        }

        assertThat(told(message.build()).listenAddresses())
                .containsExactly(Samples.address(alices), Samples.address(throughBob));
    }

    @Test
    void aKeyOfSomebodyElseFails() {
        stream.receive(framed(alicesMessage()
                .setPublicKey(ByteString.copyFrom(Samples.BOB.publicKey().encoded()))
                .build()));
        stream.endInput();

        assertThat(failure()).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void anAnswerWithoutAKeyFails() {
        stream.receive(framed(alicesMessage().clearPublicKey().build()));
        stream.endInput();

        assertThat(failure()).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void noMessageAtAllFails() {
        stream.endInput();

        assertThat(failure()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anEndWithinAMessageFails() {
        stream.receive(HexFormat.of().parseHex(Samples.ALICES_BYTES.substring(0, 100)));
        stream.endInput();

        assertThat(failure()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aRemoteThatDoesNotEndItsSideFailsInTime() {
        stream.receive(HexFormat.of().parseHex(Samples.ALICES_BYTES));

        stream.advanceTimeBy(59_999, TimeUnit.MILLISECONDS);
        assertThat(result.isDone()).isFalse();
        stream.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        assertThat(failure()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aResetFailsAndIsNobodysSurprise() {
        stream.pipeline().fireExceptionCaught(new StreamResetException("reset"));

        assertThat(failure()).isEqualTo(Reason.CLOSED);
        stream.checkException();
    }

    @Test
    void aCloseFails() {
        stream.close();

        assertThat(failure()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void cancellingTheResultResetsTheStream() {
        result.cancel(false);
        stream.runPendingTasks();

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void howTheBytesAreCutDoesNotMatter() {
        byte[] all = framed(
                alicesMessage().addProtocols(text("/a")).build(),
                IdentifyMessage.newBuilder().addProtocols(text("/b")).build());
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random = new Random(seed);
            Promise<IdentifyInfo> each = ImmediateEventExecutor.INSTANCE.newPromise();
            DuplexEmbeddedChannel fresh =
                    streams.open(IdentifyReader.ofAnswer(Samples.ALICE.peerId(), IdentifyLimits.usual(), each));

            for (int at = 0; at < all.length; ) {
                int end = Math.min(all.length, at + 1 + random.nextInt(20));
                fresh.receive(Arrays.copyOfRange(all, at, end));
                at = end;
            }
            fresh.endInput();

            assertThat(each.getNow().protocols()).as("seed %d", seed).containsExactly("/a", "/b");
        }
    }

    @Test
    void damageFailsInOneWayOnly() {
        SignedPeerRecord record = SignedPeerRecord.create(Samples.ALICE, 7, List.of(Samples.ADDRESS));
        byte[] whole = framed(alicesMessage()
                .addListenAddrs(hex(Samples.ADDRESS_BYTES))
                .addProtocols(text("/a"))
                .setAgentVersion(text("agent"))
                .setSignedPeerRecord(ByteString.copyFrom(record.envelope()))
                .build());
        int good = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            RandomGenerator random = new Random(seed);
            byte[] damaged = Arrays.copyOf(whole, whole.length - (random.nextInt(4) == 0 ? random.nextInt(20) : 0));
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Promise<IdentifyInfo> each = ImmediateEventExecutor.INSTANCE.newPromise();
            DuplexEmbeddedChannel fresh =
                    streams.open(IdentifyReader.ofAnswer(Samples.ALICE.peerId(), IdentifyLimits.usual(), each));

            fresh.receive(damaged);
            fresh.endInput();

            assertThat(each.isDone()).as("seed %d", seed).isTrue();
            assertThat(fresh.isOpen()).as("seed %d", seed).isFalse();
            fresh.checkException();
            if (each.isSuccess()) {
                good++;
                assertThat(each.getNow().publicKey()).as("seed %d", seed).contains(Samples.ALICE.publicKey());
            } else {
                assertThat(each.cause()).as("seed %d", seed).isInstanceOf(IdentifyFailedException.class);
            }
        }
        assertThat(good).isBetween(50, 950);
    }
}
