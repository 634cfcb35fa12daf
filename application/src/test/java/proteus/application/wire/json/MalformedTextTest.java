package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What upstream does not read, and what nobody should. */
class MalformedTextTest {

    private static final String ZERO = "0".repeat(80);

    /** Within this, {@code "@"} stands for a value, and the rest is right. */
    private static final String HEIGHT = "{\"BlockRequestByHeight\":@}";

    private static final String HASH = "{\"BlockRequestByHash\":@}";
    private static final String LIMBS = "{\"SyncCoverage\":{\"lower_bound\":0,\"upper_bound\":0,\"limbs\":[@]}}";
    private static final String PEER = "{\"PeerListResponse\":[[\"0.0.0.0:0\",@]]}";
    private static final String ADDRESS = "{\"PeerListResponse\":[[@,0]]}";
    private static final String STATUS = "{\"ConnectionStatus\":@}";
    private static final String BYTES =
            "{\"ArchivalMutatorSet\":{\"block_hash\":\"" + ZERO + "\",\"total_len\":0,\"offset\":0,\"bytes\":[@]}}";
    private static final String FEE =
            "{\"BlockProposalNotification\":{\"body_mast_hash\":\"" + ZERO + "\",\"guesser_fee\":@,\"height\":1}}";
    private static final String CHALLENGES = "{\"SyncChallenge\":{\"tip_digest\":\"" + ZERO + "\",\"challenges\":[@]}}";

    /** A text and what is wrong with it. */
    record Wrong(Reason reason, String text) {}

    static List<Wrong> wrong() {
        return List.of(
                wrong(Reason.ENDS_EARLY, "", ""),
                wrong(Reason.ENDS_EARLY, "@", "  \n"),
                wrong(Reason.ENDS_EARLY, "@", "\"Bye"),
                wrong(Reason.ENDS_EARLY, "@", "{"),
                wrong(Reason.ENDS_EARLY, "@", "{\"Block\""),
                wrong(Reason.ENDS_EARLY, "@", "{\"BlockRequestByHeight\":12"),
                wrong(Reason.NOT_JSON, "@", "Bye"),
                wrong(Reason.NOT_JSON, "@", "'Bye'"),
                wrong(Reason.NOT_JSON, "@", "{Bye:null}"),
                wrong(Reason.NOT_JSON, "@", "/* hello */ \"Bye\""),
                wrong(Reason.NOT_JSON, "@", "// hello\n\"Bye\""),
                wrong(Reason.NOT_JSON, "@", "# hello\n\"Bye\""),
                wrong(Reason.NOT_JSON, "@", "\u001e\"Bye\""),
                wrong(Reason.NOT_JSON, "@", "\u00a0\"Bye\""),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\"x"),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\" \"Bye\""),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\"}"),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\",\"Bye\""),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\"\u0000"),
                wrong(Reason.TRAILING_BYTES, "@", "\"Bye\" // and so on"),
                wrong(Reason.WRONG_TYPE, "@", "19"),
                wrong(Reason.WRONG_TYPE, "@", "[\"Bye\"]"),
                wrong(Reason.WRONG_TYPE, "@", "null"),
                wrong(Reason.UNKNOWN_KIND, "@", "\"bye\""),
                wrong(Reason.UNKNOWN_KIND, "@", "{\"NoSuchMessage\":1}"),
                wrong(Reason.UNKNOWN_VARIANT, "@", "{}"),
                wrong(Reason.WRONG_TYPE, "@", "{\"Bye\":{}}"),
                wrong(Reason.WRONG_TYPE, "@", "{\"Bye\":\"Bye\"}"),
                wrong(Reason.WRONG_TYPE, "@", "{\"Bye\":null,\"Bye\":null}"),
                wrong(Reason.WRONG_TYPE, "@", "\"BlockRequestByHeight\""),
                wrong(Reason.WRONG_TYPE, "@", "{\"BlockRequestByHeight\":1,\"later\":2}"),
                wrong(Reason.NOT_JSON, "@", "{\"BlockRequestByHeight\":1,}"),
                wrong(Reason.NOT_JSON, LIMBS, "1,"),
                wrong(Reason.NOT_JSON, LIMBS, "1 2"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "1.0"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "1e3"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "1e999999999"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "-1e-999999999"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "\"1\""),
                wrong(Reason.WRONG_TYPE, HEIGHT, "null"),
                wrong(Reason.WRONG_TYPE, HEIGHT, "[1]"),
                wrong(Reason.NOT_JSON, HEIGHT, "01"),
                wrong(Reason.NOT_JSON, HEIGHT, "+1"),
                wrong(Reason.NOT_JSON, HEIGHT, ".5"),
                wrong(Reason.NOT_JSON, HEIGHT, "5."),
                wrong(Reason.NOT_JSON, HEIGHT, "0x10"),
                wrong(Reason.NOT_JSON, HEIGHT, "NaN"),
                wrong(Reason.NOT_JSON, HEIGHT, "Infinity"),
                wrong(Reason.NOT_JSON, HEIGHT, "-Infinity"),
                wrong(Reason.NEGATIVE_INTEGER, HEIGHT, "-1"),
                wrong(Reason.NEGATIVE_INTEGER, HEIGHT, "-0"),
                wrong(Reason.INTEGER_TOO_LARGE, HEIGHT, "18446744073709551616"),
                wrong(Reason.INTEGER_TOO_LARGE, HEIGHT, "28446744073709551615"),
                wrong(Reason.INTEGER_TOO_LARGE, HEIGHT, "100000000000000000000"),
                wrong(Reason.INTEGER_TOO_LARGE, LIMBS, "4294967296"),
                wrong(Reason.NEGATIVE_INTEGER, PEER, "-1"),
                wrong(Reason.INTEGER_TOO_LARGE, PEER, "340282366920938463463374607431768211456"),
                wrong(Reason.BEYOND_LIMITS, PEER, "1".repeat(41)),
                wrong(Reason.INTEGER_TOO_LARGE, FEE, "170141183460469231731687303715884105728"),
                wrong(Reason.INTEGER_TOO_LARGE, FEE, "-170141183460469231731687303715884105729"),
                wrong(Reason.INTEGER_TOO_LARGE, BYTES, "256"),
                wrong(Reason.NEGATIVE_INTEGER, BYTES, "-1"),
                wrong(Reason.INTEGER_TOO_LARGE, STATUS, "{\"Refused\":{\"Other\":256}}"),
                wrong(Reason.UNKNOWN_VARIANT, STATUS, "\"accepted\""),
                wrong(Reason.UNKNOWN_VARIANT, STATUS, "{\"Refused\":\"Because\"}"),
                wrong(Reason.WRONG_TYPE, STATUS, "\"Refused\""),
                wrong(Reason.WRONG_TYPE, STATUS, "{\"Refused\":\"Other\"}"),
                wrong(Reason.WRONG_TYPE, STATUS, "{\"Refused\":{\"Other\":0,\"BadStanding\":null}}"),
                wrong(Reason.BAD_STRING, HASH, "\"\""),
                wrong(Reason.BAD_STRING, HASH, "\"" + "0".repeat(79) + "\""),
                wrong(Reason.BAD_STRING, HASH, "\"" + "0".repeat(81) + "\""),
                wrong(Reason.BAD_STRING, HASH, "\"" + "0".repeat(79) + "g\""),
                wrong(Reason.BAD_STRING, HASH, "\"" + "0".repeat(79) + "٣\""),
                wrong(Reason.BAD_STRING, HASH, "\"01000000ffffffff" + "0".repeat(64) + "\""),
                wrong(Reason.BAD_STRING, HASH, "\"" + "0".repeat(64) + "ffffffffffffffff\""),
                wrong(Reason.BAD_STRING, HASH, "\"\\ud800" + "0".repeat(79) + "\""),
                wrong(Reason.WRONG_TYPE, HASH, "[0,0,0,0,0]"),
                wrong(Reason.BAD_STRING, ADDRESS, "\"localhost:80\""),
                wrong(Reason.BAD_STRING, ADDRESS, "\"1.2.3.4\""),
                wrong(Reason.BAD_STRING, ADDRESS, "\"1.2.3.4:65536\""),
                wrong(Reason.BAD_STRING, ADDRESS, "\"\\udfff1.2.3.4:1\""),
                wrong(Reason.NOT_JSON, ADDRESS, "\"1.2.3.4:1\\x\""),
                wrong(Reason.NOT_JSON, ADDRESS, "\"1.2.3.4:1\n\""),
                wrong(Reason.NOT_JSON, ADDRESS, "\"1.2.3.4:1\\u00g0\""),
                wrong(Reason.LIST_TOO_LONG, "@", "{\"PeerListResponse\":[[\"1.2.3.4:1\",0,0]]}"),
                wrong(Reason.LIST_TOO_SHORT, "@", "{\"PeerListResponse\":[[\"1.2.3.4:1\"]]}"),
                wrong(Reason.LIST_TOO_SHORT, "@", "{\"PeerListResponse\":[[]]}"),
                wrong(Reason.LIST_TOO_LONG, CHALLENGES, "1,2,3,4,5,6,7,8,9,10,11"),
                wrong(Reason.LIST_TOO_SHORT, CHALLENGES, "1,2,3,4,5,6,7,8,9"),
                wrong(Reason.LIST_TOO_SHORT, CHALLENGES, ""),
                wrong(Reason.WRONG_TYPE, "@", "{\"SyncCoverage\":[0,0,[]]}"),
                wrong(Reason.MISSING_MEMBER, "@", "{\"SyncCoverage\":{\"lower_bound\":0,\"limbs\":[]}}"),
                wrong(Reason.MISSING_MEMBER, "@", "{\"SyncCoverage\":{}}"),
                wrong(Reason.DUPLICATE_MEMBER, LIMBS, "],\"limbs\":["),
                wrong(Reason.DUPLICATE_MEMBER, LIMBS, "],\"later\":0,\"later\":0,\"lower_bound\":[0"));
    }

    private static Wrong wrong(Reason reason, String around, String value) {
        return new Wrong(reason, around.replace("@", value));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongTextIsRefusedForWhatIsWrong(Wrong wrong) {
        assertThat(faultOf(utf8(wrong.text())).reason()).isEqualTo(wrong.reason());
    }

    @Test
    void theCoinbaseMayBeNullButNotTwice() {
        String text = random(PeerMessageKind.LINK_TX).replaceFirst("\"coinbase\":", "\"coinbase\":null,\"coinbase\":");

        assertThat(faultOf(utf8(text)).reason()).isEqualTo(Reason.DUPLICATE_MEMBER);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerMessageKind.class,
            names = {"HANDSHAKE", "BLOCK", "BLOCK_PROPOSAL", "SYNC_CHALLENGE_RESPONSE", "LINK_TX"})
    void everyMemberOfEveryObjectHasToBeThereUnlessItIsOptional(PeerMessageKind kind) {
        List<String> names = random(kind)
                .transform(text -> Arrays.stream(text.split("\"", -1)))
                .filter(name -> name.matches("[a-z][a-z_]*[a-z]"))
                .filter(name -> !List.of("coinbase", "listen_port").contains(name))
                .distinct()
                .toList();

        assertThat(names).hasSizeGreaterThan(18);
        for (String name : names) {
            String text = random(kind).replaceFirst("\"" + name + "\":", "\"other\":");
            assertThat(faultOf(utf8(text)).reason()).as(name).isEqualTo(Reason.MISSING_MEMBER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.\\u0031", "\\n", "\\\"", "\\\\", "\\ud83d\\ude00", "\\ud800", "0.19.4\\/"})
    void aVersionWithAnEscapeSequenceIsRefusedAsUpstreamDoes(String version) {
        String quoted = "\"version\":\"" + version + "\"";
        String text = random(PeerMessageKind.HANDSHAKE)
                .replaceFirst("\"version\":\"[^\"]*\"", Matcher.quoteReplacement(quoted));

        assertThat(faultOf(utf8(text)).reason()).isEqualTo(Reason.BAD_STRING);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775808, 0", "9223372036854775807, 1000000000", "18446744073709551615, 4294967295"})
    void aTimeThatNoClockHoldsIsRefused(String seconds, String nanos) {
        String text = random(PeerMessageKind.HANDSHAKE)
                .replaceFirst(
                        "\"secs_since_epoch\":[0-9]*,\"nanos_since_epoch\":[0-9]*",
                        "\"secs_since_epoch\":" + seconds + ",\"nanos_since_epoch\":" + nanos);

        assertThat(faultOf(utf8(text)).reason()).isEqualTo(Reason.TIME_OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
    void noOtherEncodingIsGuessed(Charset charset) {
        assertThat(faultOf("\"Bye\"".getBytes(charset)).reason()).isIn(Reason.NOT_JSON, Reason.NOT_UTF8);
        assertThat(faultOf("\ufeff\"Bye\"".getBytes(charset)).reason()).isIn(Reason.NOT_JSON, Reason.NOT_UTF8);
    }

    @Test
    void aByteOrderMarkIsNotJson() {
        assertThat(faultOf(utf8("\ufeff\"Bye\"")).reason()).isEqualTo(Reason.NOT_JSON);
    }

    /** Lone bytes, cut and overlong forms, surrogates, and what is above the last character. */
    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c328", "c0af", "e28228", "eda080", "f0808080", "f4908080", "ff", "fe"})
    void bytesThatAreNotUtf8AreRefusedWhereverTheyStand(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);

        assertThat(faultOf(join(utf8("{\"BlockRequestByHash\":\""), bad, utf8("\"}")))
                        .reason())
                .isEqualTo(Reason.NOT_UTF8);
        assertThat(faultOf(join(utf8("{\"SyncCoverage\":{\"later\":\""), bad, utf8("\"}}")))
                        .reason())
                .isEqualTo(Reason.NOT_UTF8);
        assertThat(faultOf(join(utf8("\"Bye\" "), bad)).reason()).isEqualTo(Reason.NOT_UTF8);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"Bye\"x', 5",
        "'  19', 2",
        "'{\"BlockRequestByHeight\": -1}', 25",
        "'{\"SyncCoverage\":{\"é日😀\":0,\"limbs\":[1,2,x]}}', 44",
        "'{\"SyncCoverage\":{\"é日😀\":0,\"limbs\":[1,2,\"x\"]}}', 44",
        "'{\"SyncCoverage\":{\"lower_bound\":0}}', 32"
    })
    void aFaultIsToldWithItsByte(String text, int offset) {
        assertThat(faultOf(utf8(text)).offset()).isEqualTo(offset);
    }

    @Test
    void aFaultIsToldWithItsKindOnceThatIsKnown() {
        assertThat(faultOf(utf8("{\"NoSuchMessage\":1}")).kind()).isEmpty();
        assertThat(faultOf(utf8("{\"SyncCoverage\":1}")).kind()).isEqualTo(Optional.of(PeerMessageKind.SYNC_COVERAGE));
        assertThat(faultOf(utf8("{\"SyncCoverage\":{")).kind()).isEqualTo(Optional.of(PeerMessageKind.SYNC_COVERAGE));
    }

    @Test
    void lengthsOutsideTheArrayAreAMistakeOfTheCaller() {
        assertThatThrownBy(() -> PeerMessageJson.decode(new byte[3], 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aMessageThatIsLongerThanTheLimitIsNotWritten() throws MalformedMessageException {
        PeerMessage message = PeerMessageJson.decode(utf8(random(PeerMessageKind.BLOCK)));
        int size = PeerMessageJson.encode(message).length;

        assertThat(PeerMessageJson.encode(message, size)).hasSize(size);
        assertThatThrownBy(() -> PeerMessageJson.encode(message, size - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than " + (size - 1) + " bytes");
        assertThat(PeerMessageJson.MAX_BYTES).isEqualTo(300 << 20);
    }

    private static String random(PeerMessageKind kind) {
        PeerMessage message = new RandomPeerMessages(new Random(3)).next(kind);
        return new String(PeerMessageJson.encode(message), StandardCharsets.UTF_8);
    }

    private static MalformedMessageException faultOf(byte[] text) {
        try {
            PeerMessage message = PeerMessageJson.decode(text);
            throw new AssertionError("read as " + message.kind());
        } catch (MalformedMessageException malformed) {
            assertThat(malformed.offset()).isBetween(0, text.length);
            return malformed;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined = {};
        for (byte[] part : parts) {
            int size = joined.length;
            joined = Arrays.copyOf(joined, size + part.length);
            System.arraycopy(part, 0, joined, size, part.length);
        }
        return joined;
    }
}
