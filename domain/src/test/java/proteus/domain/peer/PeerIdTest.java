package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.generator.Seeds;

class PeerIdTest {

    @ParameterizedTest
    @CsvSource({
        "0024080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e,"
                + " 12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq",
        "122052d6c18430302ea8f24976a593ecedda8e7e0dc971df5306256171ef809b2d9f,"
                + " QmTv258Q6fDkc2L2nbaJQ3aiDKkkHXBctBAQ1trYqJEjnn",
        "0000, 11",
        "000100, 15R"
    })
    void anIdHasABinaryAndATextForm(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        PeerId id = PeerId.parse(bytes).orElseThrow();

        assertThat(id).hasToString(text);
        assertThat(PeerId.parse(text)).contains(id);
        assertThat(id.toBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0x8BA2C1CE, Qma77gkBNAjAhZWfkX3xqB9UXJHYUQqEZduk9UF6qjYk4G",
        "0xCB007107, QmbxuxcHU5w44x14ryKULXgVoaEbeiNTMQ78zYWV3B48NA"
    })
    void aLegacyPeerIsNamedByItsAddress(String ip, String text) {
        var address = new PeerAddress(new IpAddress.V4(Long.decode(ip).intValue()), 9798);

        assertThat(PeerId.ofLegacy(address)).hasToString(text);
    }

    @Test
    void aLegacyPeerOfVersion6IsNamedByItsAddressInBrackets() {
        var address = new PeerAddress(new IpAddress.V6(0x20010DB800000000L, 1), 9798);
        var mapped = new PeerAddress(new IpAddress.V6(0, 0xFFFF_CB00_7107L), 9798);

        assertThat(PeerId.ofLegacy(address)).hasToString("QmTv258Q6fDkc2L2nbaJQ3aiDKkkHXBctBAQ1trYqJEjnn");
        assertThat(PeerId.ofLegacy(mapped)).hasToString("QmPutLTvULhDXTP7bDFwJiXEB7rxiEWRBjBWtiWeQ5nB3U");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0001",
                "00020a",
                "00010a0b",
                "11010a",
                "12010a",
                "80010a",
                "121f52d6c18430302ea8f24976a593ecedda8e7e0dc971df5306256171ef809b2d",
                "122152d6c18430302ea8f24976a593ecedda8e7e0dc971df5306256171ef809b2d9f00",
                "122052d6c18430302ea8f24976a593ecedda8e7e0dc971df5306256171ef809b2d9f00"
            })
    void otherBytesAreNoId(String hex) {
        assertThat(PeerId.parse(HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void aKeyOfMoreThan42BytesIsNotStatedInFull() {
        assertThat(PeerId.parse(inline(42))).isPresent();
        assertThat(PeerId.parse(inline(43))).isEmpty();
        assertThat(PeerId.parse(inline(128))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0",
                "O",
                "I",
                "l",
                "12D3KooW",
                "Qm",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pé"
            })
    void otherTextIsNoId(String text) {
        assertThat(PeerId.parse(text)).isEmpty();
    }

    @Test
    void longTextIsRefusedUnread() {
        assertThat(PeerId.parse("z".repeat(10_000_000))).isEmpty();
    }

    @Test
    void idsAreOrderedByCodeThenLengthThenUnsignedBytes() {
        List<PeerId> ordered = Stream.of(
                        "0000",
                        "0001ff",
                        "00020000",
                        "0002007f",
                        "00020080",
                        "000200ff",
                        "00027f00",
                        "0002ff00",
                        "1220" + "00".repeat(32),
                        "1220" + "7f".repeat(32),
                        "1220" + "80".repeat(32))
                .map(hex -> PeerId.parse(HexFormat.of().parseHex(hex)).orElseThrow())
                .toList();

        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void base58GivesTheBytesBack(long seed) {
        Seeds.check(seed, random -> {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, random.nextInt(bytes.length + 1) / 2, (byte) 0);

            Optional<byte[]> decoded = Base58.decode(Base58.encode(bytes));

            assertThat(decoded).hasValueSatisfying(back -> assertThat(back).isEqualTo(bytes));
        });
    }

    @Test
    void anIdDoesNotChangeWhenItsBytesDo() {
        byte[] bytes = HexFormat.of().parseHex("00010a");
        PeerId id = PeerId.parse(bytes).orElseThrow();

        bytes[2] = 0;
        id.toBytes()[2] = 0;

        assertThat(id.toBytes()).isEqualTo(HexFormat.of().parseHex("00010a"));
    }

    private static byte[] inline(int length) {
        byte[] bytes = new byte[length + 2];
        bytes[1] = (byte) length;
        return bytes;
    }
}
