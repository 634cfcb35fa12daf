package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.nativeprotocol.NativeRecord;
import proteus.application.contract.Descriptions;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.PeerConnection;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** What peers may send instead of a record: each test sees that another peer is served meanwhile. */
@Timeout(60)
final class GatewayRecordAttacksTest {

    private static final int BAD = 66;
    private static final int LONGEST = HandshakeRecordCodec.MAX_BYTES;

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

    private RawPeer stranger(AttackedNode node) {
        return opened(RawPeer.start(node.smaller()));
    }

    private static final SessionProtocol NATIVE = GatewayNode.NATIVE;

    private static byte[] record() {
        return HandshakeRecordCodec.encode(Descriptions.handshake(BAD));
    }

    private static byte[] changed(int at, int value) {
        byte[] record = record();
        record[at] = (byte) value;
        return record;
    }

    /** The record with {@code more} characters in its last string. */
    private static byte[] longExtraData(int more) {
        byte[] record = record();
        HandshakeData data = Descriptions.handshake(BAD);
        int lengthAt = record.length - data.extraData().length() - Long.BYTES;
        byte[] changed = Arrays.copyOf(record, record.length + more);
        Arrays.fill(changed, record.length, changed.length, (byte) '0');
        ByteBuffer.wrap(changed)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(lengthAt, data.extraData().length() + more);
        return changed;
    }

    private static Stream<Arguments> overBoth(Arguments... cases) {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Arrays.stream(cases).map(one -> Arguments.of(carrier, one.get()[0], one.get()[1])));
    }

    private static Stream<Arguments> bad() {
        byte[] record = record();
        int afterHeader = 2588;
        return overBoth(
                Arguments.of("too long, and all of it", padded(4 + LONGEST + 1, announced(LONGEST + 1, record))),
                Arguments.of("too long, and nothing of it", announced(LONGEST + 1)),
                Arguments.of("as long as can be said", announced(0xFFFF_FFFFL, record)),
                Arguments.of("empty", frame()),
                Arguments.of("one byte", frame((byte) 0)),
                Arguments.of("a byte short", frame(Arrays.copyOf(record, record.length - 1))),
                Arguments.of("a header and no more", frame(Arrays.copyOf(record, afterHeader))),
                Arguments.of("an option that is neither", frame(changed(afterHeader, 2))),
                Arguments.of("a network that does not exist", frame(changed(afterHeader + 3, 9))),
                Arguments.of("text that is no UTF-8", frame(changed(record.length - 1, 0xFF))),
                Arguments.of("text that is longer than all", frame(changed(record.length - 3, 0x7F))),
                Arguments.of("nothing but ones", frame(hex("FF".repeat(3000)))),
                Arguments.of("a message", frame(hex("13"))),
                Arguments.of(
                        "another protocol",
                        "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    /** neptune-core closes the connection without a word. */
    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("bad")
    void aRecordThatIsNoneEndsTheConnection(Carrier carrier, String what, byte[] sent) throws Exception {
        assertEndsTheConnection(carrier, SessionProtocol.V2, what, sent);
    }

    private void assertEndsTheConnection(Carrier carrier, SessionProtocol protocol, String what, byte[] sent)
            throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier));
        RawPeer peer = stranger(node);
        Connection connection = peer.dial(node.endpoint());

        RawPeer.open(connection, protocol).send(sent);

        RawPeer.awaitClosed(connection);
        assertThat(node.gate().judgements()).as(what).hasSize(1);
        node.assertUnharmed();
        node.awaitConnections(1);
    }

    private static Stream<Arguments> badNative() {
        byte[] record = NativeRecord.encode(Descriptions.handshake(BAD));
        int longest = NativeRecord.MAX_BYTES;
        return overBoth(
                Arguments.of("too long, and all of it", padded(4 + longest + 1, announced(longest + 1, record))),
                Arguments.of("too long, and nothing of it", announced(longest + 1)),
                Arguments.of("as long as can be said", announced(0xFFFF_FFFFL, record)),
                Arguments.of("empty", frame()),
                Arguments.of("a byte short", frame(Arrays.copyOf(record, record.length - 1))),
                Arguments.of("a byte behind it", frame(padded(record.length + 1, record))),
                Arguments.of("twice", frame(joined(record, record))),
                Arguments.of("no revision", frame(Arrays.copyOfRange(record, 2, record.length))),
                Arguments.of("that of the gateway", frame(record())),
                Arguments.of("nothing but ones", frame(hex("FF".repeat(3000)))),
                Arguments.of("a message", frame(hex("0A021A00"))));
    }

    /** What bincode would let pass, bytes behind it, is a fault here. */
    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("badNative")
    void aNativeRecordThatIsNoneEndsTheConnection(Carrier carrier, String what, byte[] sent) throws Exception {
        assertEndsTheConnection(carrier, NATIVE, what, sent);
    }

    private static Stream<Arguments> good() {
        return overBoth(
                Arguments.of("with a byte behind it", frame(padded(record().length + 1, record()))),
                Arguments.of("of 512 KiB", frame(padded(LONGEST, record()))),
                Arguments.of("with a text too long to keep", frame(longExtraData(10_000))));
    }

    /** neptune-core ignores what is behind it, and cuts texts that are too long. */
    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("good")
    void aRecordWithMoreInItIsAccepted(Carrier carrier, String what, byte[] sent) throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier));
        RawStream stream = RawPeer.open(stranger(node).dial(node.endpoint()), SessionProtocol.V2);

        stream.send(sent);

        assertAsksForBlock(node, stream, SessionProtocol.V2);
        node.assertUnharmed();
    }

    private static void assertAsksForBlock(AttackedNode node, RawStream stream, SessionProtocol protocol)
            throws Exception {
        PeerConnection connection = node.gate().awaitConnection();
        assertThat(connection.description().handshake().instanceId())
                .isEqualTo(Descriptions.handshake(BAD).instanceId());
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        connection.request();
        PeerMessage request = new PeerMessage.BlockRequestByHeight(new BlockHeight(7));
        stream.send(RawPeer.said(protocol, request));
        assertThat(events.awaitMessages(1)).containsExactly(request);
    }

    private static Stream<Arguments> inEitherForm() {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(
                        carrier -> Stream.of(Arguments.of(carrier, SessionProtocol.V2), Arguments.of(carrier, NATIVE)));
    }

    @ParameterizedTest
    @MethodSource("inEitherForm")
    void aRecordByteByByteIsAccepted(Carrier carrier, SessionProtocol protocol) throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier));
        RawStream stream = RawPeer.open(stranger(node).dial(node.endpoint()), protocol);

        for (byte single : RawPeer.record(protocol, BAD)) {
            stream.send(single);
        }

        assertAsksForBlock(node, stream, protocol);
        node.assertUnharmed();
    }

    /** What comes with the record in one packet is not lost, whatever of it the session has asked for. */
    @ParameterizedTest
    @MethodSource("inEitherForm")
    void messagesAndTheEndMayComeWithTheRecord(Carrier carrier, SessionProtocol protocol) throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier));
        Connection dialled = stranger(node).dial(node.endpoint());
        RawStream stream = RawPeer.open(dialled, protocol);

        stream.sendLast(joined(RawPeer.record(protocol, BAD), said(protocol, 1), said(protocol, 2), said(protocol, 3)));

        PeerConnection connection = node.gate().awaitConnection();
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        for (int i = 1; i <= 3; i++) {
            connection.request();
            assertThat(events.awaitMessages(i)).hasSize(i);
        }
        assertThat(events.others()).isEmpty();
        connection.request();
        events.awaitClosed();
        RawPeer.awaitClosed(dialled);
        node.assertUnharmed();
    }

    private static byte[] said(SessionProtocol protocol, int number) {
        return RawPeer.said(protocol, new PeerMessage.BlockRequestByHeight(new BlockHeight(number)));
    }

    @ParameterizedTest
    @MethodSource("inEitherForm")
    void aRecordThatEndsEarlyEndsTheConnection(Carrier carrier, SessionProtocol protocol) throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier));
        Connection connection = stranger(node).dial(node.endpoint());
        byte[] whole = RawPeer.record(protocol, BAD);

        RawPeer.open(connection, protocol).sendLast(Arrays.copyOf(whole, whole.length - 1));

        RawPeer.awaitClosed(connection);
        assertThat(node.gate().judgements()).hasSize(1);
        node.assertUnharmed();
    }
}
