package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerTime;

/** What upstream reads although it does not write it. */
class LenientTextTest {

    private static final String ZERO = "0".repeat(80);

    @ParameterizedTest
    @EnumSource
    void membersMayComeInAnyOrderWithOthersAndWithWhiteSpace(PeerMessageKind kind) throws MalformedMessageException {
        for (long seed = 0; seed < 10; seed++) {
            PeerMessage message = new RandomPeerMessages(new Random(seed)).next(kind);
            byte[] text = RewrittenText.of(PeerMessageJson.encode(message), new Random(seed));

            assertThat(PeerMessageJson.decode(text)).as("seed %d", seed).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Bye\"", " \"Bye\"\n", "{\"Bye\":null}", "{ \"Bye\" : null } \t\r\n", "\"\\u0042ye\""})
    void aVariantThatCarriesNothingMayComeAsAnObjectAroundNull(String text) throws MalformedMessageException {
        assertThat(decode(text)).isEqualTo(new PeerMessage.Bye());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "18446744069414584320, -4294967296",
        "18446744069414584321, 0",
        "18446744069414584322, 1",
        "18446744073709551615, 4294967294",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "10000000000000000000, -8446744073709551616"
    })
    void fieldElementsAreReduced(String digits, long bits) throws MalformedMessageException {
        assertThat(decode("{\"BlockRequestByHeight\":" + digits + "}"))
                .isEqualTo(new PeerMessage.BlockRequestByHeight(new BlockHeight(bits)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-1, -1",
        "18446744073709551616, 18446744073709551616",
        "170141183460469231731687303715884105727, 170141183460469231731687303715884105727",
        "-170141183460469231731687303715884105728, -170141183460469231731687303715884105728"
    })
    void amountsAreSignedNumbersOf128Bits(String digits, BigInteger units) throws MalformedMessageException {
        assertThat(decode("{\"BlockProposalNotification\":{\"body_mast_hash\":\"" + ZERO + "\",\"guesser_fee\":"
                        + digits + ",\"height\":1}}"))
                .isInstanceOfSatisfying(
                        PeerMessage.BlockProposalNotification.class,
                        notification ->
                                assertThat(notification.guesserFee().toUnits()).isEqualTo(units));
    }

    @ParameterizedTest
    @CsvSource({
        "340282366920938463463374607431768211455, ffffffffffffffffffffffffffffffff",
        "18446744073709551616, 00000000000000010000000000000000",
        "18446744073709551615, 0000000000000000ffffffffffffffff",
        "0, 00000000000000000000000000000000"
    })
    void instanceIdsAreUnsignedNumbersOf128Bits(String digits, String hex) throws MalformedMessageException {
        assertThat(decode("{\"PeerListResponse\":[[\"[::]:0\"," + digits + "]]}"))
                .isInstanceOfSatisfying(
                        PeerMessage.PeerListResponse.class,
                        list -> assertThat(list.peers().getFirst().instanceId().toHex())
                                .isEqualTo(hex));
    }

    @Test
    void digestsMayHaveCapitalsAndEscapes() throws MalformedMessageException {
        PeerMessage expected = new PeerMessage.BlockRequestByHash(new Digest(0xABCD, 0, 0, 0, 0));

        assertThat(decode("{\"BlockRequestByHash\":\"CDab" + "0".repeat(76) + "\"}"))
                .isEqualTo(expected);
        assertThat(decode("{\"BlockRequestByHash\":\"\\u0043dab" + "0".repeat(76) + "\"}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:9798, 203.0.113.7:9798",
        "203.0\\u002e113.7:9798, 203.0.113.7:9798",
        "[fe80::1%2]:1, [fe80::1]:1"
    })
    void addressesMayHaveEscapesAndAScopeThatIsDropped(String text, String address) throws MalformedMessageException {
        assertThat(decode("{\"PeerListResponse\":[[\"" + text + "\",0]]}"))
                .isInstanceOfSatisfying(
                        PeerMessage.PeerListResponse.class,
                        list -> assertThat(list.peers().getFirst().address()).hasToString(address));
    }

    @Test
    void optionalMembersMayBeMissing() throws MalformedMessageException {
        String text = handshake().replaceFirst("\"listen_port\":[^,]*,", "");

        assertThat(text).doesNotContain("listen_port");
        assertThat(read(text).data().listenPort()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaé, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaé, aaaaaaaaaaaaaaaaaaaaaaaaaaaaé",
        "日日日日日日日日日日日, 日日日日日日日日日日",
        "😀😀😀😀😀😀😀😀, 😀😀😀😀😀😀😀"
    })
    void aVersionThatIsTooLongIsCutAtACharacter(String sent, String kept) throws MalformedMessageException {
        String text = handshake().replaceFirst("\"version\":\"[^\"]*\"", "\"version\":\"" + sent + "\"");

        assertThat(read(text).data().version()).isEqualTo(kept);
    }

    @Test
    void aVersionMayFillItsFrame() throws MalformedMessageException {
        String text = handshake().replaceFirst("\"version\":\"[^\"]*\"", "\"version\":\"" + "é".repeat(90_000) + "\"");

        assertThat(read(text).data().version()).isEqualTo("é".repeat(15));
    }

    @Test
    void nanosecondsOfASecondAndMoreAreAddedToTheSeconds() throws MalformedMessageException {
        String text = handshake()
                .replaceFirst(
                        "\"secs_since_epoch\":[0-9]*,\"nanos_since_epoch\":[0-9]*",
                        "\"secs_since_epoch\":7,\"nanos_since_epoch\":4294967295");

        assertThat(read(text).data().timestamp()).isEqualTo(new PeerTime(11, 294_967_295));
    }

    private static String handshake() {
        PeerMessage message = new RandomPeerMessages(new Random(1)).next(PeerMessageKind.HANDSHAKE);
        return new String(PeerMessageJson.encode(message), StandardCharsets.UTF_8);
    }

    private static PeerMessage.Handshake read(String text) throws MalformedMessageException {
        return (PeerMessage.Handshake) decode(text);
    }

    private static PeerMessage decode(String text) throws MalformedMessageException {
        return PeerMessageJson.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
