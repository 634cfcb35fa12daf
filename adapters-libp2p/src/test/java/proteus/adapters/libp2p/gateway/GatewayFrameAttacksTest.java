package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What a peer may send instead of messages once it has a session, in any of the encodings. */
@Timeout(60)
final class GatewayFrameAttacksTest {

    private static final int BAD = 66;
    private static final SessionProtocol NATIVE = GatewayNode.NATIVE;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private AttackedNode node(Carrier carrier) throws Exception {
        return opened(new AttackedNode(carrier));
    }

    /** A stranger with a session. */
    private RawStream stranger(AttackedNode node, SessionProtocol protocol) throws Exception {
        return opened(RawPeer.start(node.smaller())).shakeHands(node.endpoint(), protocol, BAD);
    }

    private static HeardFrames heard(AttackedNode node) throws Exception {
        PeerConnection connection = node.gate().awaitConnection();
        assertThat(connection.description().handshake()).isEqualTo(Descriptions.handshake(BAD));
        return HeardFrames.of(connection);
    }

    private static String height(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number)).toString();
    }

    private static byte[] text(String text) {
        return frame(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of("bincode where JSON is spoken", Carrier.LIBP2P_TCP, SessionProtocol.V1, frame(hex("13"))),
                Arguments.of(
                        "bincode where JSON is spoken", Carrier.LIBP2P_QUIC, SessionProtocol.V1, frame(hex("0401"))),
                Arguments.of("JSON where bincode is spoken", Carrier.LIBP2P_TCP, SessionProtocol.V2, text("\"Bye\"")),
                Arguments.of(
                        "JSON where bincode is spoken",
                        Carrier.LIBP2P_QUIC,
                        SessionProtocol.V2,
                        text("{\"BlockRequestByHeight\":1}")),
                Arguments.of("an unknown index", Carrier.LIBP2P_TCP, SessionProtocol.V2, frame(hex("21"))),
                Arguments.of("an unknown name", Carrier.LIBP2P_TCP, SessionProtocol.V1, text("\"Goodbye\"")),
                Arguments.of(
                        "a name without end", Carrier.LIBP2P_TCP, SessionProtocol.V1, text("\"" + "B".repeat(1000))),
                Arguments.of("no name but space", Carrier.LIBP2P_TCP, SessionProtocol.V1, text(" ".repeat(100_000))),
                Arguments.of("nothing", Carrier.LIBP2P_TCP, SessionProtocol.V1, frame()),
                Arguments.of("nothing", Carrier.LIBP2P_QUIC, SessionProtocol.V2, frame()),
                Arguments.of("bincode where Protobuf is spoken", Carrier.LIBP2P_TCP, NATIVE, frame(hex("0401"))),
                Arguments.of("JSON where Protobuf is spoken", Carrier.LIBP2P_QUIC, NATIVE, text("\"Bye\"")),
                Arguments.of("an unknown family", Carrier.LIBP2P_TCP, NATIVE, frame(hex("3A020A00"))),
                Arguments.of("an unknown kind", Carrier.LIBP2P_QUIC, NATIVE, frame(hex("12028A02"))),
                Arguments.of("a length without end", Carrier.LIBP2P_TCP, NATIVE, frame(hex("12" + "FF".repeat(70)))),
                Arguments.of("nothing", Carrier.LIBP2P_TCP, NATIVE, frame()));
    }

    /** neptune-core punishes with −1 and closes without a word. */
    @ParameterizedTest(name = "{0}, {1} {2}")
    @MethodSource("unknown")
    void aFrameOfNoKnownKindIsToldAndEndsTheConnection(
            String what, Carrier carrier, SessionProtocol protocol, byte[] sent) throws Exception {
        AttackedNode node = node(carrier);
        RawStream stream = stranger(node, protocol);
        HeardFrames frames = heard(node);

        stream.send(sent);

        assertThat(frames.awaitClosed()).as(what).isEqualTo(CloseCause.PROTOCOL);
        assertThat(frames.faults()).containsExactly(new ConnectionEvent.FrameUnknown());
        RawPeer.awaitClosed(stream.stream().connection());
        assertThat(node.budget().reserved()).isZero();
        node.assertUnharmed();
    }

    private static Stream<Arguments> oversized() {
        byte[] json = "{\"BlockRequestByHeight\":".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of(Carrier.LIBP2P_TCP, SessionProtocol.V2, 65_537, hex("04")),
                Arguments.of(Carrier.LIBP2P_QUIC, SessionProtocol.V2, 0xFFFF_FFFFL, hex("04")),
                Arguments.of(Carrier.LIBP2P_TCP, SessionProtocol.V1, 196_609, json),
                Arguments.of(Carrier.LIBP2P_QUIC, SessionProtocol.V1, 0x8000_0000L, json),
                Arguments.of(Carrier.LIBP2P_TCP, NATIVE, 65_537, hex("120B1A")),
                Arguments.of(Carrier.LIBP2P_QUIC, NATIVE, 0xFFFF_FFFFL, hex("12FFFFFFFF0F1A")));
    }

    /** neptune-core punishes with −200 and closes, from the first bytes on. */
    @ParameterizedTest(name = "{2} bytes, {0} {1}")
    @MethodSource("oversized")
    void aFrameTooLongForItsKindIsToldAndEndsTheConnection(
            Carrier carrier, SessionProtocol protocol, long length, byte[] first) throws Exception {
        AttackedNode node = node(carrier);
        RawStream stream = stranger(node, protocol);
        HeardFrames frames = heard(node);

        stream.send(announced(length, first));

        assertThat(frames.awaitClosed()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(frames.faults())
                .containsExactly(new ConnectionEvent.FrameOversized(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT, length));
        RawPeer.awaitClosed(stream.stream().connection());
        assertThat(node.budget().reserved()).isZero();
        node.assertUnharmed();
    }

    private static Stream<Arguments> bombs() {
        String depth = "[".repeat(3_000_000);
        String objects = "{\"a\":".repeat(600_000);
        String digits = "9".repeat(190_000);
        return Stream.of(
                Arguments.of("arrays without end", "{\"Block\":" + depth),
                Arguments.of("objects without end", "{\"Block\":" + objects),
                Arguments.of("arrays in what is ignored", "{\"SyncCoverage\":{\"x\":" + "[".repeat(600_000)),
                Arguments.of("arrays that do end", "{\"Block\":" + depth + "]".repeat(3_000_000) + "}"),
                Arguments.of("a long number", "{\"BlockRequestByHeight\":" + digits + "}"),
                Arguments.of("a long fraction", "{\"BlockRequestByHeight\":0." + digits + "}"),
                Arguments.of("a great exponent", "{\"BlockRequestByHeight\":1e999999999}"),
                Arguments.of("a small exponent", "{\"BlockRequestByHeight\":1e-999999999}"),
                Arguments.of("a number out of range", "{\"BlockRequestByHeight\":18446744073709551616}"),
                Arguments.of("a long text", "{\"BlockRequestByHash\":\"" + "0".repeat(190_000) + "\"}"),
                Arguments.of("a long name", "{\"BlockRequestByHeight\":{\"" + "n".repeat(190_000) + "\":1}}"),
                Arguments.of(
                        "a list without end",
                        "{\"BlockRequestBatch\":{\"known_blocks\":[" + "1,".repeat(2_900_000) + "1]}}"),
                Arguments.of("two messages", "\"Bye\"\"Bye\""),
                Arguments.of("escapes", "{\"BlockRequestByHeight\":\"\\u0031\"}"),
                Arguments.of("bincode behind a name", "\"Bye\"\u0000\u0001"));
    }

    /** neptune-core punishes with −1 and keeps the connection; it has come to a JSON text, which serde refuses. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void aJsonBombDoesNotDecodeAndCostsNothing(String what, String bomb) throws Exception {
        AttackedNode node = node(Carrier.LIBP2P_TCP);
        RawStream stream = stranger(node, SessionProtocol.V1);
        HeardFrames frames = heard(node);

        stream.send(joined(text(bomb), text("{\"BlockRequestByHeight\":7}")));

        assertThat(frames.next()).as(what).isEqualTo("malformed");
        assertThat(frames.next()).isEqualTo(height(7));
        assertThat(frames.slowestDecode()).isLessThan(Duration.ofSeconds(5));
        assertThat(frames.faults()).isEmpty();
        assertThat(node.budget().reserved()).isZero();
        node.assertUnharmed();
    }

    private static Stream<Arguments> protobufBombs() {
        byte[] block = hex("12FFFFFF013A");
        return Stream.of(
                Arguments.of("a length of more than there is", padded(1 << 20, block)),
                Arguments.of("groups without end", padded(1 << 16, hex("12041A020B0B0B"))),
                Arguments.of("a height twice", hex("12141A12090700000000000000090700000000000000")),
                Arguments.of("a height not reduced", hex("120B1A0909FFFFFFFFFFFFFFFF")),
                Arguments.of("two kinds", hex("0A041A001A00")),
                Arguments.of("bytes behind it", hex("0A021A0000")),
                Arguments.of("half a height", hex("12061A0409070000")));
    }

    /** As with other forms that are spoken: the peer is punished, and heard further. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("protobufBombs")
    void aProtobufBombDoesNotDecodeAndCostsNothing(String what, byte[] bomb) throws Exception {
        AttackedNode node = node(Carrier.LIBP2P_TCP);
        RawStream stream = stranger(node, NATIVE);
        HeardFrames frames = heard(node);

        stream.send(joined(frame(bomb), said(NATIVE, 7)));

        assertThat(frames.next()).as(what).isEqualTo("malformed");
        assertThat(frames.next()).isEqualTo(height(7));
        assertThat(frames.slowestDecode()).isLessThan(Duration.ofSeconds(5));
        assertThat(frames.faults()).isEmpty();
        assertThat(node.budget().reserved()).isZero();
        node.assertUnharmed();
    }

    private static byte[] said(SessionProtocol protocol, int number) {
        return RawPeer.said(protocol, new PeerMessage.BlockRequestByHeight(new BlockHeight(number)));
    }

    private static Stream<Arguments> inBincodeAndProtobuf() {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(
                        carrier -> Stream.of(Arguments.of(carrier, SessionProtocol.V2), Arguments.of(carrier, NATIVE)));
    }

    /** The text begins with a byte that is the index of a kind. */
    @ParameterizedTest
    @Libp2pCarriers
    void jsonThatPassesForBincodeDoesNotDecode(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawStream stream = stranger(node, SessionProtocol.V2);
        HeardFrames frames = heard(node);

        stream.send(joined(text("\n\"Bye\""), frame(hex("0407"))));

        assertThat(frames.next()).isEqualTo("malformed");
        assertThat(frames.next()).isEqualTo(height(7));
        node.assertUnharmed();
    }

    /** A session that asks for one message at a time gets all that came before the end, and then the end. */
    @ParameterizedTest
    @MethodSource("inBincodeAndProtobuf")
    void theEndWaitsUntilTheMessagesBeforeItAreTaken(Carrier carrier, SessionProtocol protocol) throws Exception {
        AttackedNode node = node(carrier);
        RawStream stream = stranger(node, protocol);
        HeardFrames frames = heard(node);

        stream.sendLast(joined(said(protocol, 1), said(protocol, 2), said(protocol, 3)));

        // The session has its first message meanwhile, and takes its time over it.
        RawPeer.ping(stream.stream().connection(), 300);
        for (int i = 1; i <= 3; i++) {
            assertThat(frames.next()).isEqualTo(height(i));
        }
        assertThat(frames.awaitClosed()).isEqualTo(CloseCause.REMOTE);
        RawPeer.awaitClosed(stream.stream().connection());
        node.assertUnharmed();
    }

    /** neptune-core collects up to 300 MiB of each; here what is announced waits for room in one budget. */
    @ParameterizedTest
    @Libp2pCarriers
    void framesThatAreAnnouncedAndNeverComeTakeNoMoreThanTheBudget(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        byte[] json = "{\"Block\":".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5; i++) {
            SessionProtocol protocol =
                    List.of(SessionProtocol.V2, SessionProtocol.V1, NATIVE).get(i % 3);
            RawStream stream = stranger(node, protocol);
            heard(node);
            stream.send(announced(
                    20 << 20, List.of(hex("01"), json, hex("12FBFFFF093A")).get(i % 3)));
        }

        Await.until("two that wait", () -> node.budget().waiting() == 2);

        assertThat(node.budget().reserved()).isEqualTo(3L * (20 << 20));
    }

    /** What no session asks for stays with who sends it. */
    @ParameterizedTest
    @MethodSource("inBincodeAndProtobuf")
    void aFloodOfFramesWaitsWithThePeer(Carrier carrier, SessionProtocol protocol) throws Exception {
        AttackedNode node = node(carrier);
        RawStream stream = stranger(node, protocol);
        PeerConnection connection = node.gate().awaitConnection();
        byte[] flood = joined(Collections.nCopies(10_000, said(protocol, 1)).toArray(byte[][]::new));

        for (int i = 0; i < 1000; i++) {
            stream.send(flood);
        }

        // A node that reads would take a window for each turn of these.
        RawPeer.ping(stream.stream().connection(), 20);
        assertThat(stream.stream().channel().bytesBeforeWritable()).isGreaterThan(1000L * flood.length - (2 << 20));
        node.assertUnharmed();
        connection.close();
        RawPeer.awaitClosed(stream.stream().connection());
    }
}
