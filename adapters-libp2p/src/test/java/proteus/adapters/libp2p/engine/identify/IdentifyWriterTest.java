package proteus.adapters.libp2p.engine.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What goes out, and how it is made to fit. */
final class IdentifyWriterTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static IdentifyInfo telling(
            int addresses, int protocols, String agentVersion, Optional<SignedPeerRecord> record) {
        return new IdentifyInfo(
                Optional.of(Samples.ALICE.publicKey()),
                addresses(addresses),
                IntStream.range(0, protocols)
                        .mapToObj("/protocol/%d"::formatted)
                        .toList(),
                Optional.empty(),
                Optional.of("/neptune/-main"),
                Optional.of(agentVersion),
                record);
    }

    private static List<Multiaddr> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(port -> Samples.address("/ip4/203.0.113.7/tcp/" + port))
                .toList();
    }

    private DuplexEmbeddedChannel stream(IdentifyInfo info) {
        return streams.open(new IdentifyWriter(info, PATIENCE));
    }

    @Test
    void theMessageHasItsBytesAndEndsTheOwnSide() {
        DuplexEmbeddedChannel stream = stream(Samples.ALICES);

        assertThat(HexFormat.of().formatHex(stream.sent())).isEqualTo(Samples.ALICES_BYTES);
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(stream.isOpen()).isTrue();
    }

    @Test
    void whenTheRemoteHasEndedItsSideTheStreamClosesSilently() {
        DuplexEmbeddedChannel stream = stream(Samples.ALICES);
        stream.releaseOutbound();

        stream.endInput();

        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void aRemoteThatEndsItsSideFirstStillGetsTheMessage() {
        DuplexEmbeddedChannel stream = streams.open();
        stream.stall();
        stream.pipeline().addLast(new IdentifyWriter(Samples.ALICES, PATIENCE));
        stream.endInput();
        assertThat(stream.isOpen()).isTrue();

        stream.resume();

        assertThat(HexFormat.of().formatHex(stream.sent())).isEqualTo(Samples.ALICES_BYTES);
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void aRemoteThatDoesNotEndItsSideIsResetInTime() {
        DuplexEmbeddedChannel stream = stream(Samples.ALICES);
        stream.releaseOutbound();

        stream.advanceTimeBy(59_999, TimeUnit.MILLISECONDS);
        assertThat(stream.isOpen()).isTrue();
        stream.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void aRemoteThatSendsSomethingIsReset() {
        DuplexEmbeddedChannel stream = stream(Samples.ALICES);
        stream.releaseOutbound();

        stream.receive(new byte[] {1});

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void aResetIsNobodysSurprise() {
        DuplexEmbeddedChannel stream = stream(Samples.ALICES);
        stream.releaseOutbound();

        stream.pipeline().fireExceptionCaught(new StreamResetException("reset"));

        assertThat(stream.isOpen()).isFalse();
        stream.checkException();
    }

    @Test
    void addressesAreLeftOutFromTheirEndBeforeAnyProtocol() {
        IdentifyMessage message = FittedMessage.of(telling(500, 100, "agent", Optional.empty()), 4_090);

        // An address takes ten bytes, so that one more would not have fitted.
        assertThat(message.getSerializedSize()).isBetween(4_081, 4_090);
        assertThat(message.getProtocolsCount()).isEqualTo(100);
        assertThat(message.getListenAddrsList())
                .first()
                .extracting(address -> HexFormat.of().formatHex(address.toByteArray()))
                .isEqualTo("04cb007107060000");
        assertThat(message.getListenAddrsList())
                .last()
                .extracting(address -> HexFormat.of().formatHex(address.toByteArray()))
                .isEqualTo("04cb00710706%04x".formatted(message.getListenAddrsCount() - 1));
    }

    @Test
    void protocolsAreLeftOutWhenNoAddressIsLeft() {
        IdentifyMessage message = FittedMessage.of(telling(5, 500, "agent", Optional.empty()), 4_090);

        assertThat(message.getSerializedSize()).isBetween(4_070, 4_090);
        assertThat(message.getListenAddrsCount()).isZero();
        assertThat(message.getProtocols(0).toStringUtf8()).isEqualTo("/protocol/0");
        assertThat(message.hasPublicKey()).isTrue();
        assertThat(message.getProtocolVersion().toStringUtf8()).isEqualTo("/neptune/-main");
    }

    @Test
    void aSignedRecordIsSentWhenItFitsAndLeftOutFirstWhenNot() {
        SignedPeerRecord record = SignedPeerRecord.create(Samples.ALICE, 7, addresses(3));

        IdentifyMessage with = FittedMessage.of(telling(3, 3, "agent", Optional.of(record)), 4_090);
        IdentifyMessage without = FittedMessage.of(telling(390, 3, "agent", Optional.of(record)), 4_090);

        assertThat(with.getSignedPeerRecord().toByteArray()).isEqualTo(record.envelope());
        assertThat(without.hasSignedPeerRecord()).isFalse();
        assertThat(without.getListenAddrsCount()).isEqualTo(390);
    }

    @Test
    void whatDoesNotFitBareIsOurMistake() {
        assertThatThrownBy(() -> new IdentifyWriter(telling(1, 1, "x".repeat(5_000), Optional.empty()), PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of at most 4090");
        assertThatThrownBy(() -> new IdentifyWriter(Samples.ALICES, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
