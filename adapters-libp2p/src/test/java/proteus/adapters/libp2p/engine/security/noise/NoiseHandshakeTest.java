package proteus.adapters.libp2p.engine.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.ALICE;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.BOB;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.converse;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.dialler;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.framed;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.inPieces;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.listener;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.noise;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

final class NoiseHandshakeTest {

    private static final String YAMUX = "/yamux/1.0.0";

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);
    private Upgrader alice = dialler();
    private Upgrader bob = listener();

    @AfterEach
    void everythingIsReleased() {
        alice.close();
        bob.close();
    }

    private void between(Upgrader one, Upgrader other) {
        everythingIsReleased();
        alice = one;
        bob = other;
    }

    @Test
    void eachSideLearnsWhoTheOtherIs() {
        converse(alice, bob);

        SecureSession ofAlice = alice.session();
        assertThat(ofAlice.protocol()).isEqualTo("/noise");
        assertThat(ofAlice.remotePeer()).isEqualTo(BOB.peerId());
        assertThat(ofAlice.remoteKey().encoded()).isEqualTo(BOB.publicKey().encoded());
        assertThat(ofAlice.earlyMuxer()).isEmpty();
        assertThat(bob.session().remotePeer()).isEqualTo(ALICE.peerId());
        assertThat(alice.channel().pipeline().get(NoiseHandshakeHandler.class)).isNull();
    }

    @Test
    void messagesHaveTheLengthsThatTheyHaveElsewhere() {
        byte[] first = alice.sent();
        bob.arrive(first);
        byte[] second = bob.sent();
        alice.arrive(second);
        byte[] third = alice.sent();

        assertThat(first).hasSize(2 + 32).startsWith(0, 32);
        assertThat(second).hasSize(2 + 200);
        assertThat(third).hasSize(2 + 168);
    }

    @Test
    void theSessionIsTheSameHoweverTheBytesAreCut() {
        for (int i = 0; i < 30; i++) {
            between(dialler(), listener());

            converse(alice, bob, random, i == 0 ? 1 : 80);

            assertThat(alice.session().remotePeer()).as("seed %d", seed).isEqualTo(BOB.peerId());
            assertThat(bob.session().remotePeer()).as("seed %d", seed).isEqualTo(ALICE.peerId());
        }
    }

    @Test
    void whatFollowsTheThirdMessageInTheSameBufferIsPlaintext() {
        bob.arrive(alice.sent());
        alice.arrive(bob.sent());
        alice.channel().writeOutbound(Unpooled.copiedBuffer("frames", StandardCharsets.UTF_8));

        bob.arrive(alice.sent());

        assertThat(bob.session().remotePeer()).isEqualTo(ALICE.peerId());
        assertThat(bob.plaintext()).asString(StandardCharsets.UTF_8).isEqualTo("frames");
    }

    @Test
    void itReadsForItselfWhereNobodyElseDoes() {
        Upgrader manual = new Upgrader();
        manual.channel().config().setAutoRead(false);
        manual.secure(noise(BOB), Role.LISTENER, Optional.empty());
        between(dialler(), manual);

        converse(alice, bob, random, 50);

        assertThat(bob.session().remotePeer()).isEqualTo(ALICE.peerId());
    }

    @Test
    void aDiallerThatMeetsSomebodyElseDoesNotSayWhoItIs() {
        between(Upgrader.secured(noise(ALICE), Role.DIALLER, Optional.of(ALICE.peerId())), listener());
        bob.arrive(alice.sent());

        alice.arrive(bob.sent());

        assertThat(alice.reason()).isEqualTo(Reason.WRONG_PEER);
        assertThat(alice.secured()).isFalse();
        assertThat(alice.sent()).isEmpty();
    }

    @Test
    void aListenerMayExpectSomebodyToo() {
        between(dialler(), Upgrader.secured(noise(BOB), Role.LISTENER, Optional.of(BOB.peerId())));

        converse(alice, bob);

        assertThat(bob.reason()).isEqualTo(Reason.WRONG_PEER);
        assertThat(bob.secured()).isFalse();
    }

    @ParameterizedTest(name = "dialler {0}, listener {1}: {2}")
    @CsvSource({
        "/yamux/1.0.0,              /yamux/1.0.0,              /yamux/1.0.0",
        "/mplex/6.7.0 /yamux/1.0.0, /yamux/1.0.0 /mplex/6.7.0, /mplex/6.7.0",
        "/other /yamux/1.0.0,       /yamux/1.0.0,              /yamux/1.0.0",
        "/yamux/1.0.0,              '',                        ''",
        "'',                        /yamux/1.0.0,              ''",
        "'',                        '',                        ''"
    })
    void theMultiplexerIsTheDiallersFirstThatBothOffer(String dialler, String listener, String chosen) {
        between(dialler(words(dialler)), listener(words(listener)));

        converse(alice, bob);

        Optional<String> expected = Optional.of(chosen).filter(name -> !name.isEmpty());
        assertThat(alice.session().earlyMuxer()).isEqualTo(expected);
        assertThat(bob.session().earlyMuxer()).isEqualTo(expected);
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ");
    }

    @Test
    void offersWithoutAnythingInCommonFail() {
        between(dialler(YAMUX), listener("/mplex/6.7.0"));

        converse(alice, bob);

        assertThat(alice.reason()).isEqualTo(Reason.NO_COMMON_MUXER);
        assertThat(alice.secured()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 8193, 65_535})
    void aListenerRefusesAFirstMessageByItsLengthAlone(int length) {
        bob.arrive(new byte[] {(byte) (length >> 8), (byte) length});
        bob.arrive(framed(new byte[32]));

        assertThat(bob.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(bob.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 95, 8193})
    void aDiallerRefusesASecondMessageByItsLengthAlone(int length) {
        alice.arrive(new byte[] {(byte) (length >> 8), (byte) length});

        assertThat(alice.reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 8193})
    void aListenerRefusesAThirdMessageByItsLengthAlone(int length) {
        bob.arrive(alice.sent());

        bob.arrive(new byte[] {(byte) (length >> 8), (byte) length});

        assertThat(bob.reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aWeakKeyIsRefused() {
        bob.arrive(framed(new byte[32]));

        assertThat(bob.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(bob.sent()).isEmpty();
    }

    @Test
    void aChangedBitIsFoundOut() {
        for (int i = 0; i < 60; i++) {
            between(dialler(), listener());
            int message = i % 3;
            byte[] first = alice.sent();
            bob.arrive(message == 0 ? changed(first) : first);
            byte[] second = bob.sent();
            alice.arrive(message == 1 ? changed(second) : second);
            byte[] third = alice.sent();
            bob.arrive(message == 2 ? changed(third) : third);

            Upgrader victim = message == 2 ? bob : alice;
            assertThat(victim.reason())
                    .as("message %d, seed %d", message, seed)
                    .isIn(Reason.UNAUTHENTIC, Reason.MALFORMED);
            assertThat(bob.secured()).as("message %d, seed %d", message, seed).isFalse();
        }
    }

    /** Changes a bit, but none of the length. */
    private byte[] changed(byte[] frame) {
        byte[] changed = frame.clone();
        changed[random.nextInt(2, frame.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    @Test
    void anEndInTheMiddleIsAFailureOnce() {
        bob.arrive(alice.sent());

        bob.arrive(new byte[] {0, (byte) 168, 1, 2, 3});
        bob.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        bob.channel().close();

        assertThat(bob.reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void garbageIsNoHandshake() {
        for (int i = 0; i < 200; i++) {
            between(dialler(), listener());
            byte[] garbage = new byte[random.nextInt(1, 400)];
            random.nextBytes(garbage);
            inPieces(alice, garbage, random, 50);
            inPieces(bob, garbage, random, 50);
            alice.channel().close();
            bob.channel().close();

            assertThat(alice.reason()).as("seed %d", seed).isIn(Reason.MALFORMED, Reason.UNAUTHENTIC, Reason.CLOSED);
            assertThat(bob.reason()).as("seed %d", seed).isIn(Reason.MALFORMED, Reason.UNAUTHENTIC, Reason.CLOSED);
        }
    }

    @Test
    void anErrorIsNotSwallowed() {
        bob.channel().config().setAllocator(new FullMemory());

        bob.arrive(alice.sent());
        bob.arrive(framed(new byte[64]));
        bob.channel().close();

        assertThat(bob.failures()).singleElement().isInstanceOf(OutOfMemoryError.class);
    }
}
