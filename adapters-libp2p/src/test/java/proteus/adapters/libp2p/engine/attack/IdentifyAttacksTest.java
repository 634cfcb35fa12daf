package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.attack.Attacker.frame;
import static proteus.adapters.libp2p.engine.attack.Attacker.open;

import com.google.protobuf.ByteString;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.attack.Attacker.Line;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.adapters.libp2p.engine.identify.IdentifyLimits;
import proteus.adapters.libp2p.engine.identify.SignedPeerRecord;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.EnvelopeMessage;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.PeerRecordMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/** What a peer can say of itself, and of others. */
class IdentifyAttacksTest {

    private static final String PUSH = "/ipfs/id/push/1.0.0";
    private static final int FIN = 4;
    private static final int MOST = IdentifyLimits.usual().addresses();

    private final Attacker attacker = new Attacker();

    @AfterEach
    void closeTheAttacker() {
        attacker.close();
    }

    private static byte[] framed(byte[] message) {
        return Unpooled.wrappedBuffer(Uvarint.encode(message.length), message)
                .copy()
                .array();
    }

    /** Pushes {@code messages} on stream 1 and ends it. */
    private Line push(Victim victim, IdentifyMessage... messages) throws Exception {
        Line line = attacker.mux(victim.address);
        line.send(open(1, PUSH));
        for (IdentifyMessage message : messages) {
            byte[] bytes = framed(message.toByteArray());
            line.send(frame(0, 0, 1, bytes.length, bytes));
        }
        line.send(frame(0, FIN, 1, 0));
        return line;
    }

    private Connection connection(Victim victim) {
        return victim.host.host.connections(attacker.identity().peerId()).getFirst();
    }

    private ProtocolEvent.Identified identified(Victim victim) throws Exception {
        victim.host.awaitThat(() -> ofAttacker(victim).findFirst().isPresent(), "what the attacker says of itself");
        return ofAttacker(victim).findFirst().orElseThrow();
    }

    private java.util.stream.Stream<ProtocolEvent.Identified> ofAttacker(Victim victim) {
        return victim.host.events(ProtocolEvent.Identified.class).stream()
                .filter(said -> said.peer().equals(attacker.identity().peerId()));
    }

    private void assertViolation(Victim victim, Line line) throws Exception {
        ProtocolEvent.Violated violated = victim.host.await(ProtocolEvent.Violated.class);
        assertThat(violated.protocol()).isEqualTo(ViolatedProtocol.IDENTIFY);
        // What comes right behind the handshake comes after the connection was told of, and is in the table.
        assertThat(connection(victim).id()).isEqualTo(violated.connection());
        assertThat(connection(victim).remoteInfo()).isEmpty();
        assertThat(line.isOpen()).isTrue();
        victim.assertUnharmed();
    }

    @Test
    @DisplayName("CVE-2026-110789: a length in the public key beyond its end is a violation and nothing more")
    void keyWithALengthBeyondItsEnd() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = push(
                    victim,
                    IdentifyMessage.newBuilder()
                            .setPublicKey(ByteString.copyFrom(HostileKeys.lengthBeyondItsEnd()))
                            .build());

            assertViolation(victim, line);
        }
    }

    @Test
    @DisplayName("CVE-2023-39533: an RSA key of 16 384 bits in a push is a violation and nothing more")
    void largeRsaKey() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = push(
                    victim,
                    IdentifyMessage.newBuilder()
                            .setPublicKey(ByteString.copyFrom(HostileKeys.rsa(16_384)))
                            .build());

            assertViolation(victim, line);
        }
    }

    @Test
    @DisplayName("CVE-2026-57497: protocols and addresses in many messages are kept up to a limit")
    void protocolsAndAddressesWithoutEnd() throws Exception {
        try (Victim victim = new Victim()) {
            IntFunction<IdentifyMessage> chunk = number -> {
                IdentifyMessage.Builder message = IdentifyMessage.newBuilder();
                for (int i = 0; i < 200; i++) {
                    message.addProtocols(ByteString.copyFromUtf8("/planted/" + number + "/" + i));
                    message.addListenAddrs(
                            ByteString.copyFrom(TestHosts.address("/ip4/10.0." + number + "." + i + "/tcp/1")
                                    .encoded()));
                }
                return message.build();
            };

            push(victim, java.util.stream.IntStream.range(0, 9).mapToObj(chunk).toArray(IdentifyMessage[]::new));

            assertThat(identified(victim).protocols())
                    .hasSize(IdentifyLimits.usual().protocols());
            assertThat(connection(victim).remoteInfo().orElseThrow().listenAddresses())
                    .hasSize(MOST);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("CVE-2026-57497: pushes without end do not add up")
    void pushesWithoutEnd() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            for (int i = 0; i < 100; i++) {
                IdentifyMessage.Builder message = IdentifyMessage.newBuilder();
                for (int port = 1; port <= 50; port++) {
                    message.addListenAddrs(
                            ByteString.copyFrom(TestHosts.address("/ip4/10.0." + i + "." + port + "/tcp/1")
                                    .encoded()));
                    message.addProtocols(ByteString.copyFromUtf8("/planted/" + i + "/" + port));
                }
                line.send(open(1 + 2 * i, PUSH, framed(message.build().toByteArray())));
                line.send(frame(0, FIN, 1 + 2 * i, 0));
            }

            victim.host.awaitThat(() -> ofAttacker(victim).count() == 100, "100 pushes");
            IdentifyInfo known = connection(victim).remoteInfo().orElseThrow();
            assertThat(known.listenAddresses()).hasSizeLessThanOrEqualTo(MOST);
            assertThat(known.protocols())
                    .hasSizeLessThanOrEqualTo(IdentifyLimits.usual().protocols());
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("messages without end on one push are a violation")
    void messagesWithoutEnd() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            line.send(open(1, PUSH));

            line.flood(1_000, _ -> frame(0, 0, 1, 1, (byte) 0));

            assertViolation(victim, line);
        }
    }

    @Test
    @DisplayName("a message of 2 GiB is refused by its length")
    void aLongMessage() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            line.send(open(1, PUSH, HexFormat.of().parseHex("ffffffff07")));

            assertViolation(victim, line);
        }
    }

    @Test
    @DisplayName("GHSA-wc36-xgcc-jwpr: a record of somebody else that the attacker has signed is left out")
    void recordSignedByAnother() throws Exception {
        Identity somebody = Identity.generate(new SecureRandom());
        byte[] payload = PeerRecordMessage.newBuilder()
                .setPeerId(ByteString.copyFrom(somebody.peerId().bytes()))
                .setSeq(1)
                .build()
                .toByteArray();
        byte[] type = {3, 1};
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        for (byte[] part : List.of("libp2p-peer-record".getBytes(StandardCharsets.US_ASCII), type, payload)) {
            signed.writeBytes(framed(part));
        }
        EnvelopeMessage envelope = EnvelopeMessage.newBuilder()
                .setPublicKey(
                        ByteString.copyFrom(attacker.identity().publicKey().encoded()))
                .setPayloadType(ByteString.copyFrom(type))
                .setPayload(ByteString.copyFrom(payload))
                .setSignature(ByteString.copyFrom(attacker.identity().sign(signed.toByteArray())))
                .build();

        assertLeftOut(envelope.toByteString());
    }

    @Test
    @DisplayName("a record that somebody else has signed of itself is left out")
    void recordOfAnother() throws Exception {
        Identity somebody = Identity.generate(new SecureRandom());

        assertLeftOut(ByteString.copyFrom(
                SignedPeerRecord.create(somebody, 1, List.of()).envelope()));
    }

    private void assertLeftOut(ByteString record) throws Exception {
        try (Victim victim = new Victim()) {
            push(
                    victim,
                    IdentifyMessage.newBuilder()
                            .setAgentVersion(ByteString.copyFromUtf8("hostile"))
                            .setSignedPeerRecord(record)
                            .build());

            assertThat(identified(victim).agentVersion()).isEqualTo("hostile");
            assertThat(connection(victim).remoteInfo().orElseThrow().signedPeerRecord())
                    .isEmpty();
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("who sends instead of listening to identify loses the stream alone")
    void bytesForWhoTells() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            line.send(open(1, "/ipfs/id/1.0.0", new byte[10_000]));

            victim.host.awaitThat(
                    () -> victim.host.events(StreamEvent.Reset.class).stream().anyMatch(reset -> !reset.byRemote()),
                    "the reset of the stream");
            assertThat(line.isOpen()).isTrue();
            victim.assertUnharmed();
        }
    }
}
