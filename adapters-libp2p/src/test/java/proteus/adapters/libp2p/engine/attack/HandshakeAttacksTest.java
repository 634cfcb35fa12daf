package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.attack.Attacker.frame;
import static proteus.adapters.libp2p.engine.attack.Attacker.line;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;

import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.attack.Attacker.Line;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.security.noise.HostileNoise;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** What can be sent in place of a handshake, and who one can claim to be in it. */
class HandshakeAttacksTest {

    private final Attacker attacker = new Attacker();

    @AfterEach
    void closeTheAttacker() {
        attacker.close();
    }

    private void assertRefused(Reason reason, Function<byte[], byte[]> payload) throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.secure(victim.address, new HostileNoise(payload));

            line.awaitClose();
            assertThat(victim.host.await(ConnectionEvent.SecurityFailed.class).reason())
                    .isEqualTo(reason);
            assertThat(victim.host.await(ConnectionEvent.AcceptFailed.class).reason())
                    .isEqualTo(FailureReason.SECURITY);
            assertThat(victim.host.host.usage().inboundConnections()).isEqualTo(1);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("CVE-2022-24759: a static key that another identity has signed is not taken for the victim's")
    void staticKeySignedByAnother() throws Exception {
        Identity somebody = Identity.generate(new SecureRandom());

        assertRefused(
                Reason.UNAUTHENTIC, staticKey -> HostileKeys.signedByAnother(somebody, attacker.identity(), staticKey));
    }

    @Test
    @DisplayName("CVE-2022-24759: a signature of another handshake is not taken")
    void signatureOfAnotherHandshake() throws Exception {
        assertRefused(Reason.UNAUTHENTIC, staticKey -> HostileKeys.ofAnotherHandshake(attacker.identity(), staticKey));
    }

    @Test
    @DisplayName("CVE-2022-24759: no signature is no signature")
    void noSignature() throws Exception {
        assertRefused(
                Reason.UNAUTHENTIC,
                _ -> HostileKeys.payload(attacker.identity().publicKey().encoded(), new byte[0]));
    }

    @Test
    @DisplayName("CVE-2023-39533: an RSA key of 8 200 bits is refused before it is verified with")
    void largeRsaKey() throws Exception {
        assertRefused(Reason.MALFORMED, _ -> HostileKeys.payload(HostileKeys.rsa(8_200), new byte[1_025]));
    }

    @Test
    @DisplayName("CVE-2026-110789: a length in a key beyond its end is refused in the handshake")
    void keyWithALengthBeyondItsEnd() throws Exception {
        assertRefused(Reason.MALFORMED, _ -> HostileKeys.payload(HostileKeys.lengthBeyondItsEnd(), new byte[64]));
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    @DisplayName("GHSA-rch7-f4h5-x9rj: who is not the peer that was dialled gets no connection")
    void anotherPeerThanWasDialled(Security security) throws Exception {
        try (TestHosts hosts = new TestHosts()) {
            TestHost impostor = hosts.start(with -> with.security(List.of(security)));
            TestHost dialler = hosts.start(with -> with.security(List.of(security)));
            var address = impostor.listen("/ip4/127.0.0.1/tcp/0").withoutPeerId();

            assertThatThrownBy(() ->
                            dial(dialler, address.withPeerId(attacker.identity().peerId())))
                    .hasCauseInstanceOf(DialFailedException.class);

            assertThat(dialler.await(ConnectionEvent.DialFailed.class).reason()).isEqualTo(FailureReason.WRONG_PEER);
            assertThat(dialler.host.usage().outboundConnections()).isZero();
            assertThat(dialler.host.connections()).isEmpty();
            assertThat(dial(dialler, address).remotePeer()).isEqualTo(impostor.host.peerId());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "noise: a first message longer than any, /noise, ffff",
        "noise: a first message without a key, /noise, 0000",
        "noise: a key with which every secret is zero, /noise, "
                + "00200000000000000000000000000000000000000000000000000000000000000000",
        "tls: a record that is none, /tls/1.0.0, 5548544854",
        "tls: a record longer than any, /tls/1.0.0, 160301ffff",
        "tls: a greeting of 16 MiB, /tls/1.0.0, 160301000401ffffff",
        "tls: plain text, /tls/1.0.0, 474554202f20485454502f312e310d0a0d0a"
    })
    void noHandshakeAtAll(String what, String protocol, String bytes) throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.connect(victim.address);
            line.send(Unpooled.wrappedBuffer(line("/multistream/1.0.0"), line(protocol)));

            line.send(bytes);

            line.awaitClose();
            assertThat(victim.host.await(ConnectionEvent.AcceptFailed.class).reason())
                    .as(what)
                    .isEqualTo(FailureReason.SECURITY);
            victim.assertUnharmed();
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    @DisplayName("frames right behind the handshake come when the connection is there")
    void framesRightBehindTheHandshake(Security security) throws Exception {
        try (Victim victim = new Victim(with -> with.security(List.of(security)))) {
            for (int i = 0; i < 20; i++) {
                Line line = attacker.secure(victim.address, attacker.security(security));
                line.sendWhenSecured(frame(0, 1, 1, 0xffff_ffffL));
                line.awaitClose();
            }

            victim.host.awaitThat(
                    () -> victim.host.events(ConnectionEvent.Closed.class).size() == 20, "20 ends");
            List<EngineEvent> events = victim.host.events(EngineEvent.class);
            for (ProtocolEvent.Violated violated : victim.host.events(ProtocolEvent.Violated.class)) {
                List<EngineEvent> ofIt = events.stream()
                        .filter(event ->
                                event instanceof ConnectionEvent told && told.connection() == violated.connection())
                        .toList();
                assertThat(ofIt.get(ofIt.size() - 2)).isInstanceOf(ConnectionEvent.Established.class);
                assertThat(events.indexOf(violated)).isGreaterThan(events.indexOf(ofIt.get(ofIt.size() - 2)));
            }
            assertThat(victim.host.events(ProtocolEvent.Violated.class)).hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    @DisplayName("random bytes instead of a handshake")
    void randomBytes(Security security) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Victim victim = new Victim()) {
            for (int i = 0; i < 30; i++) {
                Line line = attacker.connect(victim.address);
                byte[] bytes = new byte[random.nextInt(40, 4_000)];
                random.nextBytes(bytes);
                line.send(Unpooled.wrappedBuffer(line("/multistream/1.0.0"), line(security.id()), bytes));
                line.channel().shutdownOutput();

                line.awaitClose();
            }

            victim.host.awaitThat(
                    () -> victim.host.events(ConnectionEvent.AcceptFailed.class).size() == 30, "30 failures");
            assertThat(victim.host.events(ConnectionEvent.AcceptFailed.class))
                    .as("seed %d", seed)
                    .extracting(ConnectionEvent.AcceptFailed::reason)
                    .containsAnyOf(FailureReason.SECURITY)
                    .isSubsetOf(FailureReason.SECURITY, FailureReason.REMOTE_CLOSED);
            victim.assertUnharmed();
        }
    }
}
