package proteus.adapters.libp2p.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static proteus.adapters.libp2p.nativeprotocol.Samples.field;
import static proteus.adapters.libp2p.nativeprotocol.Samples.fixed;
import static proteus.adapters.libp2p.nativeprotocol.Samples.group;
import static proteus.adapters.libp2p.nativeprotocol.Samples.integer;
import static proteus.adapters.libp2p.nativeprotocol.Samples.joined;
import static proteus.adapters.libp2p.nativeprotocol.Samples.repeated;
import static proteus.application.contract.FrameBytes.hex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.field.BFieldElement;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessageKind;

/** What is not a message in this form, be it that bincode would take it, and how that is told. */
class MalformedNativeMessagesTest {

    private static final byte[] DIGEST = new byte[40];
    private static final byte[] WIDE = new byte[16];

    private final NativeFrames frames = new NativeFrames();

    private static Arguments fault(String what, byte[] payload, PeerMessageKind kind, int offset, Reason reason) {
        return Arguments.of(what, payload, Optional.ofNullable(kind), offset, reason);
    }

    static Stream<Arguments> malformed() {
        PeerMessageKind height = PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT;
        PeerMessageKind hash = PeerMessageKind.BLOCK_REQUEST_BY_HASH;
        PeerMessageKind transaction = PeerMessageKind.TRANSACTION_NOTIFICATION;
        PeerMessageKind peers = PeerMessageKind.PEER_LIST_RESPONSE;
        byte[] peerId = field(3, WIDE);
        return Stream.of(
                fault("nothing", hex(""), null, 0, Reason.ENDS_EARLY),
                fault("no family of that number", field(7, field(1)), null, 0, Reason.UNKNOWN_KIND),
                fault("no kind of that number", field(2, field(31)), null, 0, Reason.UNKNOWN_KIND),
                fault("an empty family", field(2), null, 0, Reason.UNKNOWN_KIND),
                fault(
                        "something before the family",
                        joined(integer(9, 1), field(1, field(3))),
                        null,
                        0,
                        Reason.UNKNOWN_KIND),
                fault("something before the kind", field(1, integer(9, 1), field(3)), null, 0, Reason.UNKNOWN_KIND),
                fault("a family that is a number", integer(1, 1), null, 0, Reason.UNKNOWN_KIND),
                fault(
                        "two families",
                        joined(field(1, field(3)), field(3, field(1))),
                        PeerMessageKind.BYE,
                        4,
                        Reason.DUPLICATE_MEMBER),
                fault("two kinds", field(1, field(3), field(3)), PeerMessageKind.BYE, 4, Reason.DUPLICATE_MEMBER),
                fault("a height that is missing", field(2, field(3)), height, 4, Reason.MISSING_MEMBER),
                fault(
                        "a height twice",
                        field(2, field(3, fixed(1, 7), fixed(1, 7))),
                        height,
                        13,
                        Reason.DUPLICATE_MEMBER),
                fault("a height as an integer", field(2, field(3, integer(1, 7))), height, 4, Reason.WRONG_TYPE),
                fault("a height as bytes", field(2, field(3, field(1, new byte[8]))), height, 4, Reason.WRONG_TYPE),
                fault(
                        "a height that bincode reduces",
                        field(2, field(3, fixed(1, BFieldElement.P))),
                        height,
                        5,
                        Reason.NOT_CANONICAL),
                fault("a height of all ones", field(2, field(3, fixed(1, -1))), height, 5, Reason.NOT_CANONICAL),
                fault("a height cut short", hex("12 06 1A 04 09 07 00 00"), height, 4, Reason.ENDS_EARLY),
                fault("a kind longer than its family", hex("12 04 1A 09 09 07"), height, 2, Reason.ENDS_EARLY),
                fault("a family longer than all", hex("12 09 1A 02 09 07"), height, 0, Reason.ENDS_EARLY),
                fault(
                        "bytes behind it",
                        joined(field(1, field(3)), hex("00")),
                        PeerMessageKind.BYE,
                        4,
                        Reason.NOT_PROTOBUF),
                fault(
                        "a cut tag behind it",
                        joined(field(1, field(3)), hex("80")),
                        PeerMessageKind.BYE,
                        4,
                        Reason.ENDS_EARLY),
                fault(
                        "a group behind it",
                        joined(field(1, field(3)), group(9)),
                        PeerMessageKind.BYE,
                        4,
                        Reason.NOT_PROTOBUF),
                fault(
                        "a tag of more than 32 bits",
                        joined(field(1, field(3)), hex("8A 80 80 80 10 00")),
                        PeerMessageKind.BYE,
                        4,
                        Reason.NOT_PROTOBUF),
                fault(
                        "an integer of more than 64 bits",
                        joined(field(1, field(3)), hex("48 FF FF FF FF FF FF FF FF FF 02")),
                        PeerMessageKind.BYE,
                        5,
                        Reason.NOT_PROTOBUF),
                fault("a digest of 39 bytes", field(2, field(4, field(1, new byte[39]))), hash, 4, Reason.BAD_LENGTH),
                fault("two digests for one", field(2, field(4, field(1, new byte[80]))), hash, 4, Reason.BAD_LENGTH),
                fault("no digest for one", field(2, field(4, field(1))), hash, 4, Reason.BAD_LENGTH),
                fault(
                        "a digest not reduced",
                        field(2, field(4, field(1, new byte[32], hex("FF".repeat(8))))),
                        hash,
                        38,
                        Reason.NOT_CANONICAL),
                fault(
                        "an enum's value that says nothing",
                        field(5, field(4, announced(0))),
                        transaction,
                        88,
                        Reason.UNKNOWN_VARIANT),
                fault(
                        "an enum's value that there is not",
                        field(5, field(4, announced(3))),
                        transaction,
                        88,
                        Reason.UNKNOWN_VARIANT),
                fault(
                        "a port of more than 16 bits",
                        field(3, field(2, field(1, field(1, new byte[4]), integer(2, 65_536), peerId))),
                        peers,
                        12,
                        Reason.INTEGER_TOO_LARGE),
                fault(
                        "an address of 5 bytes",
                        field(3, field(2, field(1, field(1, new byte[5]), integer(2, 1), peerId))),
                        peers,
                        6,
                        Reason.BAD_LENGTH),
                fault(
                        "a refusal's code of more than 8 bits",
                        field(1, field(2, integer(3, 256))),
                        PeerMessageKind.CONNECTION_STATUS,
                        4,
                        Reason.INTEGER_TOO_LARGE),
                fault(
                        "a status that is none",
                        field(1, field(2)),
                        PeerMessageKind.CONNECTION_STATUS,
                        4,
                        Reason.MISSING_MEMBER),
                fault(
                        "nine challenges",
                        field(6, field(4, field(1, DIGEST), field(2, new byte[72]))),
                        PeerMessageKind.SYNC_CHALLENGE,
                        46,
                        Reason.BAD_LENGTH),
                fault(
                        "too many chunks in a later input",
                        field(4, field(3, field(1, input(0), input(46)))),
                        PeerMessageKind.TRANSACTION,
                        10 + 2 * 203 + 45 * 8 + 1,
                        Reason.LIST_TOO_LONG));
    }

    private static byte[] announced(int quality) {
        return joined(
                field(1, DIGEST), field(2, DIGEST), integer(3, quality), field(4, WIDE), integer(5, 1), integer(6, 1));
    }

    private static byte[] input(int chunks) {
        byte[] chunk = field(3, integer(1, 0), field(2), field(3));
        return field(1, field(1, WIDE), field(2, new byte[180]), repeated(chunk, chunks));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void whatIsWrongIsTold(String what, byte[] payload, Optional<PeerMessageKind> kind, int offset, Reason reason) {
        assertThatThrownBy(() -> frames.decode(payload))
                .as(what)
                .asInstanceOf(type(MalformedMessageException.class))
                .satisfies(fault -> {
                    assertThat(fault.reason()).isEqualTo(reason);
                    assertThat(fault.kind()).isEqualTo(kind);
                    assertThat(fault.offset()).isEqualTo(offset);
                });
    }

    /** Bincode and JSON are no messages here, and messages of here none there. */
    @Test
    void noFormPassesForAnother() {
        for (PeerMessageKind kind : PeerMessageKind.values()) {
            byte[] payload = Samples.of(kind, 1);
            assertThatThrownBy(() -> PeerMessageCodec.decode(payload))
                    .as(kind.toString())
                    .isInstanceOf(MalformedMessageException.class);
            byte[] bincode = PeerMessageCodec.encode(new RandomPeerMessages(new Random(1)).next(kind));
            assertThatThrownBy(() -> frames.decode(bincode))
                    .as(kind.toString())
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    static Stream<Arguments> records() {
        HandshakeData data = new RandomPeerMessages(new Random(3)).handshakeData();
        byte[] node = NodeForm.of(data).toByteArray();
        byte[] longText = "x".repeat(31).getBytes(StandardCharsets.US_ASCII);
        byte[] rest = joined(field(3, field(1)), field(4, WIDE));
        byte[] header = Arrays.copyOf(node, 3 + NodeForm.of(data).getTip().getSerializedSize());
        byte[] flags = joined(integer(6, 1), integer(7, 0));
        return Stream.of(
                Arguments.of("no revision", field(2, node), Reason.MISSING_MEMBER),
                Arguments.of("no node", integer(1, 1), Reason.MISSING_MEMBER),
                Arguments.of("bytes behind it", joined(integer(1, 1), field(2, node), hex("00")), Reason.NOT_PROTOBUF),
                Arguments.of(
                        "a version of 31 bytes",
                        record(header, rest, field(5, longText), flags, integer(8, 1), integer(9, 1), field(10)),
                        Reason.BEYOND_LIMITS),
                Arguments.of(
                        "a version that is no text",
                        record(header, rest, field(5, hex("FF")), flags, integer(8, 1), integer(9, 1), field(10)),
                        Reason.NOT_UTF8),
                Arguments.of(
                        "a second of nanoseconds",
                        record(header, rest, field(5), flags, integer(8, 1), integer(9, 1_000_000_000), field(10)),
                        Reason.INTEGER_TOO_LARGE),
                Arguments.of(
                        "a time before the epoch",
                        record(header, rest, field(5), flags, integer(8, -1), integer(9, 1), field(10)),
                        Reason.TIME_OVERFLOW),
                Arguments.of(
                        "a flag that is neither",
                        record(
                                header,
                                rest,
                                field(5),
                                integer(6, 2),
                                integer(7, 0),
                                integer(8, 1),
                                integer(9, 1),
                                field(10)),
                        Reason.NOT_A_BOOLEAN),
                Arguments.of(
                        "no network of that number",
                        record(
                                header,
                                field(3, field(9)),
                                field(4, WIDE),
                                field(5),
                                flags,
                                integer(8, 1),
                                integer(9, 1),
                                field(10)),
                        Reason.MISSING_MEMBER));
    }

    private static byte[] record(byte[]... node) {
        return joined(integer(1, 1), field(2, node));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void whatIsWrongWithARecordIsTold(String what, byte[] record, Reason reason) {
        assertThatThrownBy(() -> NativeRecord.decode(record))
                .as(what)
                .asInstanceOf(type(MalformedMessageException.class))
                .returns(reason, MalformedMessageException::reason)
                .returns(Optional.empty(), MalformedMessageException::kind);
    }
}
