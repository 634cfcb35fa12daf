package proteus.adapters.libp2p.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.multibase.Multibase;

class PeerIdTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ED25519 = "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String ED25519_ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final String ED25519_CID = "bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6";

    @Test
    void theIdentityVectorGivesItsIdInEveryForm() throws Exception {
        PublicKey key = PublicKey.decode(HEX.parseHex(ED25519));

        PeerId id = PeerId.of(key);

        assertThat(id.bytes()).isEqualTo(HEX.parseHex("0024" + ED25519));
        assertThat(id).hasToString(ED25519_ID);
        assertThat(id.toCid()).isEqualTo(ED25519_CID);
        assertThat(PeerId.parse(ED25519_ID)).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(PeerId.parse(ED25519_CID)).isEqualTo(id);
        assertThat(PeerId.fromBytes(id.bytes())).isEqualTo(id);
        assertThat(id.publicKey()).contains(key);
    }

    /** The keys within the certificates of libp2p's specification of TLS, and the ids that it gives for them. */
    @ParameterizedTest
    @CsvSource({
        "ED25519, 08011220a77f1d92fedb59dddaea5a1c4abd1ac2fbde7d7b879ed364501809923d7c11b9, "
                + "12D3KooWM6CgA9iBFZmcYAHA6A2qvbAxqfkmrYiRQuz3XEsk4Ksv",
        "ECDSA, 0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004bf30511f909414ebdd3242178fd290f093a551cf"
                + "75c973155de0bb5a96fedf6cb5d52da7563e794b512f66e60c7f55ba8a3acf3dd72a801980d205e8a1ad29f2, "
                + "QmfXbAwNjJLXfesgztEHe8HwgVDCMMpZ9Eax1HYq6hn9uE",
        "SECP256K1, 0802122102"
                + "06dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d2382, "
                + "16Uiu2HAkutTMoTzDw1tCvSRtu6YoixJwS46S1ZFxW8hSx9fWHiPs"
    })
    void theKeysOfTheCertificatesGiveTheirIds(KeyType type, String encoded, String expected) throws Exception {
        PublicKey key = PublicKey.decode(HEX.parseHex(encoded));

        PeerId id = PeerId.of(key);

        assertThat(key.type()).isEqualTo(type);
        assertThat(key.encoded()).isEqualTo(HEX.parseHex(encoded));
        assertThat(id).hasToString(expected).isEqualTo(PeerId.parse(expected));
        assertThat(key).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Qma77gkBNAjAhZWfkX3xqB9UXJHYUQqEZduk9UF6qjYk4G",
                "QmTv258Q6fDkc2L2nbaJQ3aiDKkkHXBctBAQ1trYqJEjnn"
            })
    void anIdByHashIsReadAndWrittenInBothForms(String text) throws Exception {
        PeerId id = PeerId.parse(text);

        assertThat(id).hasToString(text);
        assertThat(id.bytes()).hasSize(34).startsWith(0x12, 0x20);
        assertThat(PeerId.parse(id.toCid())).isEqualTo(id);
        assertThat(id.publicKey()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void anIdMatchesItsKeyAndNoOther(KeyType type) throws Exception {
        PublicKey key = TestKeys.first(type).publicKey();
        PublicKey other = TestKeys.second(type).publicKey();

        PeerId id = PeerId.of(key);

        assertThat(id.matches(key)).isTrue();
        assertThat(id.matches(other)).isFalse();
        assertThat(PeerId.parse(id.toString())).isEqualTo(id);
        assertThat(PeerId.parse(id.toCid())).isEqualTo(id);
        assertThat(id.publicKey().isPresent()).isEqualTo(key.encoded().length <= 42);
        assertThat(id.publicKey().orElse(key)).isEqualTo(key);
    }

    @Test
    void aCidInBase58IsReadToo() throws Exception {
        String cid = Multibase.BASE58.encode(HEX.parseHex("01720024" + ED25519));

        assertThat(PeerId.parse(cid)).hasToString(ED25519_ID);
    }

    @Test
    void anIdentityHashOfWhatIsNoKeyIsAnIdWithoutAKey() throws Exception {
        PeerId empty = PeerId.parse("11");
        PeerId text = PeerId.fromBytes(HEX.parseHex("0003616263"));

        assertThat(empty.bytes()).containsExactly(0, 0);
        assertThat(empty.publicKey()).isEmpty();
        assertThat(text.publicKey()).isEmpty();
    }

    @Test
    void anIdThatContainsAnotherFormOfAKeyDoesNotGiveTheKey() throws Exception {
        // The key with its fields exchanged: a good message, but the id of the key is made from the canonical one.
        String exchanged = ED25519.substring(4) + ED25519.substring(0, 4);

        PeerId id = PeerId.fromBytes(HEX.parseHex("0024" + exchanged));

        assertThat(PublicKey.decode(HEX.parseHex(exchanged)).encoded()).isEqualTo(HEX.parseHex(ED25519));
        assertThat(id.publicKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0001",
                "000102ff",
                "002b" + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "121f00000000000000000000000000000000000000000000000000000000000000",
                "1300",
                "1220",
                "80000100",
                "00ff"
            })
    void otherMultihashesAreNoIds(String hex) {
        assertThatThrownBy(() -> PeerId.fromBytes(HEX.parseHex(hex))).isInstanceOf(MalformedKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "Qm",
                "b",
                "z",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p0",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq ",
                // Upper case, padding, the codec of raw bytes, and version 0.
                "BAFZAAJAIAEJCAHWR5D5OFRFBIS4L5D6UWR57HU5TJODRYPFM6YAQ6DSC2R2PZYT6",
                "bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6=",
                "bafkqajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6",
                "baarqajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6"
            })
    void otherTextsAreNoIds(String text) {
        assertThatThrownBy(() -> PeerId.parse(text)).isInstanceOf(MalformedKeyException.class);
    }

    @Test
    void aVeryLongTextIsRefusedByItsLength() {
        assertThatThrownBy(() -> PeerId.parse("1".repeat(10_000_000)))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage("a peer id of 10000000 characters, of at most 128");
    }

    @Test
    void idsAreOrderedByCodeThenLengthThenUnsignedBytes() throws Exception {
        List<PeerId> ordered = List.of(
                PeerId.fromBytes(HEX.parseHex("0000")),
                PeerId.fromBytes(HEX.parseHex("000100")),
                PeerId.fromBytes(HEX.parseHex("00017f")),
                PeerId.fromBytes(HEX.parseHex("000180")),
                PeerId.fromBytes(HEX.parseHex("0001ff")),
                PeerId.fromBytes(HEX.parseHex("00020000")),
                PeerId.fromBytes(HEX.parseHex("1220" + "00".repeat(32))),
                PeerId.fromBytes(HEX.parseHex("1220" + "ff".repeat(32))));
        List<PeerId> sorted = new ArrayList<>(ordered);
        Collections.shuffle(sorted, new Random(1));

        Collections.sort(sorted);

        assertThat(sorted).isEqualTo(ordered);
    }

    @Test
    void anIdDoesNotShareItsBytes() throws Exception {
        byte[] bytes = HEX.parseHex("0024" + ED25519);
        PeerId id = PeerId.fromBytes(bytes);

        bytes[0] = 1;
        id.bytes()[0] = 1;

        assertThat(id).hasToString(ED25519_ID);
    }
}
