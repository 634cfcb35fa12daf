package proteus.adapters.libp2p.engine.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.identify.Samples.ADDRESS_BYTES;
import static proteus.adapters.libp2p.engine.identify.Samples.ALICES_KEY;
import static proteus.adapters.libp2p.engine.identify.Samples.hex;

import com.google.protobuf.ByteString;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.EnvelopeMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;

/** Envelopes and the records in them, down to their bytes. */
final class SignedPeerRecordTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static final int MANY = 128;

    /** Alice's id, the number 300 and one address. */
    private static final String PAYLOAD = "0a260024" + ALICES_KEY + "10ac02" + "1a0a0a08" + ADDRESS_BYTES;

    private static final String DOMAIN = ascii("libp2p-peer-record");
    private static final String TYPE = "0301";
    private static final String LEGACY_DOMAIN = ascii("libp2p-routing-state");
    private static final String LEGACY_TYPE = ascii("/libp2p/routing-state-record");

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String prefixed(String hex) {
        return "%02x".formatted(hex.length() / 2) + hex;
    }

    /** An envelope made by hand. */
    private static byte[] envelope(Identity signer, String domain, String type, String payload) {
        byte[] signature = signer.sign(HexFormat.of().parseHex(prefixed(domain) + prefixed(type) + prefixed(payload)));
        return HexFormat.of()
                .parseHex("0a"
                        + prefixed(HexFormat.of().formatHex(signer.publicKey().encoded())) + "12"
                        + prefixed(type) + "1a" + prefixed(payload) + "2a"
                        + prefixed(HexFormat.of().formatHex(signature)));
    }

    private static void assertAlices(byte[] envelope) throws Exception {
        SignedPeerRecord record = SignedPeerRecord.decode(envelope, MANY);
        assertThat(record.peer()).isEqualTo(Samples.ALICE.peerId());
        assertThat(record.sequence()).isEqualTo(300);
        assertThat(record.addresses()).containsExactly(Samples.ADDRESS);
        assertThat(record.envelope()).isEqualTo(envelope);
    }

    private static void assertRefused(byte[] envelope, String why) {
        assertThatThrownBy(() -> SignedPeerRecord.decode(envelope, MANY))
                .isInstanceOf(MalformedPeerRecordException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anOwnRecordHasTheBytesOfGoAndJs() throws Exception {
        SignedPeerRecord own = SignedPeerRecord.create(Samples.ALICE, 300, List.of(Samples.ADDRESS));

        assertThat(own.envelope()).isEqualTo(envelope(Samples.ALICE, DOMAIN, TYPE, PAYLOAD));
        assertAlices(own.envelope());
        assertThat(SignedPeerRecord.decode(own.envelope(), MANY)).isEqualTo(own).hasSameHashCodeAs(own);
    }

    @Test
    void theFormOfRustIsReadToo() throws Exception {
        assertAlices(envelope(Samples.ALICE, LEGACY_DOMAIN, LEGACY_TYPE, PAYLOAD));
    }

    @Test
    void aDomainOfOneFormWithTheTypeOfTheOtherIsRefused() {
        assertRefused(envelope(Samples.ALICE, LEGACY_DOMAIN, TYPE, PAYLOAD), "signature is wrong");
        assertRefused(envelope(Samples.ALICE, DOMAIN, LEGACY_TYPE, PAYLOAD), "signature is wrong");
        assertRefused(envelope(Samples.ALICE, DOMAIN, "0302", PAYLOAD), "another purpose");
    }

    @Test
    void aRecordThatSomebodyElseHasSignedIsRefused() {
        assertRefused(envelope(Samples.BOB, DOMAIN, TYPE, PAYLOAD), "has signed");
    }

    @Test
    void aRecordOfNobodyIsRefused() {
        assertRefused(envelope(Samples.ALICE, DOMAIN, TYPE, "10ac02"), "a record of nobody");
        assertRefused(envelope(Samples.ALICE, DOMAIN, TYPE, "0a"), "no peer record");
    }

    @Test
    void anEnvelopeWithoutItsPartsIsRefused() throws Exception {
        EnvelopeMessage whole = EnvelopeMessage.parseFrom(envelope(Samples.ALICE, DOMAIN, TYPE, PAYLOAD));

        assertRefused(new byte[0], "another purpose");
        assertRefused(whole.toBuilder().clearPublicKey().build().toByteArray(), "without a key");
        assertRefused(whole.toBuilder().clearPayload().build().toByteArray(), "signature is wrong");
        assertRefused(whole.toBuilder().clearSignature().build().toByteArray(), "signature is wrong");
        assertRefused(new byte[SignedPeerRecord.MAX_BYTES + 1], "8193 bytes");
    }

    @Test
    void aRecordWithoutAddressesIsOneAndBadAddressesAreLeftOut() throws Exception {
        String id = "0a260024" + ALICES_KEY;
        String bobs = HexFormat.of()
                .formatHex(Samples.address("/ip4/203.0.113.7/tcp/3/p2p/" + Samples.BOB.peerId())
                        .encoded());

        byte[] none = envelope(Samples.ALICE, DOMAIN, TYPE, id);
        byte[] bad = envelope(
                Samples.ALICE, DOMAIN, TYPE, id + "1a00" + "1a040a02ff01" + "1a" + prefixed("0a" + prefixed(bobs)));

        assertThat(SignedPeerRecord.decode(none, MANY).addresses()).isEmpty();
        assertThat(SignedPeerRecord.decode(none, MANY).sequence()).isZero();
        assertThat(SignedPeerRecord.decode(bad, MANY).addresses()).isEmpty();
    }

    @Test
    void noMoreAddressesAreKeptThanAllowed() throws Exception {
        List<Multiaddr> addresses = IntStream.range(0, 200)
                .mapToObj(port -> Samples.address("/ip4/203.0.113.7/tcp/" + port))
                .toList();

        SignedPeerRecord record = SignedPeerRecord.decode(
                SignedPeerRecord.create(Samples.ALICE, 1, addresses).envelope(), MANY);

        assertThat(record.addresses()).isEqualTo(addresses.subList(0, MANY));
    }

    @Test
    void everyFlippedBitIsRefusedOrChangesNothing() throws Exception {
        byte[] whole = envelope(Samples.ALICE, DOMAIN, TYPE, PAYLOAD);
        int refused = 0;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SignedPeerRecord record = SignedPeerRecord.decode(damaged, MANY);
                assertThat(record.peer()).as("bit %d", bit).isEqualTo(Samples.ALICE.peerId());
                assertThat(record.sequence()).as("bit %d", bit).isEqualTo(300);
                assertThat(record.addresses()).as("bit %d", bit).containsExactly(Samples.ADDRESS);
            } catch (MalformedPeerRecordException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length * 8 - 20);
    }

    @Test
    void aTellingKeepsTheRestWhenItsRecordIsBadOrNotItsOwn() {
        byte[] good = envelope(Samples.ALICE, DOMAIN, TYPE, PAYLOAD);
        byte[] bobs = SignedPeerRecord.create(Samples.BOB, 9, List.of()).envelope();
        byte[] forged = envelope(Samples.BOB, DOMAIN, TYPE, PAYLOAD);

        assertThat(told(good).signedPeerRecord())
                .map(SignedPeerRecord::sequence)
                .contains(300L);
        for (byte[] bad : List.of(bobs, forged, new byte[] {1, 2, 3}, new byte[0])) {
            IdentifyInfo info = told(bad);
            assertThat(info.signedPeerRecord()).isEmpty();
            assertThat(info.listenAddresses()).containsExactly(Samples.ADDRESS);
        }
    }

    private IdentifyInfo told(byte[] envelope) {
        Promise<IdentifyInfo> result = ImmediateEventExecutor.INSTANCE.newPromise();
        DuplexEmbeddedChannel stream =
                streams.open(IdentifyReader.ofAnswer(Samples.ALICE.peerId(), IdentifyLimits.usual(), result));
        stream.receive(Samples.framed(Samples.alicesMessage()
                .addListenAddrs(hex(ADDRESS_BYTES))
                .setSignedPeerRecord(ByteString.copyFrom(envelope))
                .build()));
        stream.endInput();
        return result.getNow();
    }
}
