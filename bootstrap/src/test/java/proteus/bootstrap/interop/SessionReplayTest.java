package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.StoreException;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.block.Genesis;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/** Recorded sessions, with a whole node in the place of one of the two. Handshakes are dated anew, all else is as it was. */
@SpeaksLegacy
@Timeout(300)
final class SessionReplayTest {

    /** Sessions between two real nodes. */
    private static final Path OF_OTHERS = Path.of("..", "application/src/test/resources/recordings");

    /** Sessions between Proteus and a real node. */
    private static final Path OF_PROTEUS = Path.of("src/test/resources/interop");

    @TempDir
    private Path directory;

    /**
     * A node at genesis cannot give what these diallers want. It answers by the rules: the list of its peers, its tip in the
     * form for the peer's version, and sanctions for the rest.
     */
    @ParameterizedTest
    @CsvSource({"legacy-sync-by-0.18.0, -560", "legacy-session, -300"})
    void aDiallerThatWantsBlocksGetsTheAnswersOfANodeAtGenesis(String name, int score) throws Exception {
        SessionRecording recording = SessionRecording.read(OF_OTHERS.resolve(name + ".jsonl.gz"));
        try (ProteusNode proteus = ProteusNode.start(directory, Setup.OPEN);
                TestPeer dialler = TestPeer.dial(proteus.address())) {
            dialler.shakeHands(today(recording.dialler()));
            List<PeerMessage> expected = new ArrayList<>();
            int expectedScore = 0;
            for (Frame frame : recording.conversation()) {
                if (frame.fromDialler()) {
                    dialler.sendFrame(frame.payload());
                    expectedAnswer(frame.message(), recording.dialler().version())
                            .ifPresent(expected::add);
                    expectedScore += expectedSanction(frame.message());
                }
            }
            assertThat(expectedScore).isEqualTo(score);

            for (PeerMessage answer : expected) {
                assertThat(dialler.read()).isEqualTo(answer);
            }
            Map<IpAddress, PeerStanding> standings = Eventually.until(
                    "all is counted",
                    proteus.node()::punishedPeers,
                    punished -> punished.values().stream().anyMatch(standing -> standing.score() <= score));
            assertThat(standings.values()).extracting(PeerStanding::score).containsExactly(score);
        }
    }

    private static Optional<PeerMessage> expectedAnswer(PeerMessage said, String version) {
        if (said instanceof PeerMessage.PeerListRequest) {
            return Optional.of(new PeerMessage.PeerListResponse(List.of()));
        }
        return said instanceof PeerMessage.BlockNotificationRequest
                ? Optional.of(TipAnnouncement.of(Genesis.of(Handshakes.REGTEST), version))
                : Optional.empty();
    }

    /** The rules for what occurs in these recordings; no request in them is for genesis. */
    private static int expectedSanction(PeerMessage said) {
        return switch (said.kind()) {
            case BLOCK_REQUEST_BY_HEIGHT, VALIDATED_BLOCK_REQUEST_BY_HEIGHT -> -1;
            case SYNC_CHALLENGE -> -30 - 50;
            default -> 0;
        };
    }

    @ParameterizedTest
    @CsvSource({"dial, 1, NONE", "announcements, 1, NONE", "asked, 1, NONE", "operator, 1, BAN", "operator, 2, CLOSE"})
    void asTheDiallerProteusSaysTheSameAgainAsToTheRealNode(String name, int connection, Order beforeBye)
            throws Exception {
        SessionRecording recording = SessionRecording.read(OF_PROTEUS.resolve(name + ".jsonl.gz"), connection);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ProteusNode proteus = ProteusNode.start(directory, Setup.OPEN.dialling(addressOf(server)));
                TestPeer listener = TestPeer.accept(server)) {
            HandshakeData own = listener.answerHands(today(recording.listener()));
            assertThat(own.version()).isEqualTo(recording.dialler().version());
            assertThat(HandshakeFlags.parse(own.extraData()))
                    .isEqualTo(HandshakeFlags.parse(recording.dialler().extraData()));

            replay(recording, listener, false, proteus, beforeBye);

            if (beforeBye == Order.NONE) {
                assertThat(proteus.node().punishedPeers()).isEmpty();
            }
        }
    }

    /** The recorded Proteus had its handshake changed on the way, to claim more work; what it was told is the same. */
    @Test
    void asTheListenerProteusSaysTheSameAgainAsToARealDialler() throws Exception {
        SessionRecording recording = SessionRecording.read(OF_PROTEUS.resolve("dialled-by-0.18.0.jsonl.gz"));
        try (ProteusNode proteus = ProteusNode.start(directory, Setup.OPEN);
                TestPeer dialler = TestPeer.dial(proteus.address())) {
            HandshakeData own = dialler.shakeHands(today(recording.dialler()));
            assertThat(own.version()).isEqualTo(recording.listener().version());
            assertThat(HandshakeFlags.parse(own.extraData()))
                    .isEqualTo(HandshakeFlags.parse(recording.listener().extraData()));

            replay(recording, dialler, true, proteus, Order.NONE);

            assertThat(dialler.readFrame()).isEmpty();
            assertThat(proteus.node().punishedPeers()).isEmpty();
        }
    }

    /** What the operator ordered that made Proteus say Bye. */
    enum Order {
        NONE,
        BAN,
        CLOSE
    }

    private static void replay(
            SessionRecording recording, TestPeer other, boolean otherDialled, ProteusNode proteus, Order beforeBye)
            throws IOException, StoreException {
        for (Frame frame : recording.conversation()) {
            if (frame.fromDialler() == otherDialled) {
                other.sendFrame(frame.payload());
            } else {
                if (frame.message() instanceof PeerMessage.Bye) {
                    carryOut(beforeBye, proteus);
                }
                assertThat(other.readFrame().orElseThrow()).isEqualTo(frame.payload());
            }
        }
    }

    private static void carryOut(Order order, ProteusNode proteus) throws StoreException {
        switch (order) {
            case NONE -> throw new AssertionError("a Bye of Proteus was recorded, and no reason for it");
            case BAN -> proteus.node().ban(new IpAddress.V4(0x7F000001));
            case CLOSE -> proteus.stop();
        }
    }

    private static PeerAddress addressOf(ServerSocket server) {
        return new PeerAddress(new IpAddress.V4(0x7F000001), server.getLocalPort());
    }

    private static HandshakeData today(HandshakeData recorded) {
        return Handshakes.withClock(recorded, Duration.ZERO);
    }
}
