package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.frame.FrameEncoding;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;

/**
 * What real nodes said to Proteus over the gateway is said again to a whole node: over either carrier, and whichever of the
 * two opens the stream. Records are dated anew, all else is as it was, and so has to be what Proteus says.
 */
@Timeout(300)
final class GatewayReplayTest {

    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

    private final Identity other = Identity.generate(new SecureRandom());

    @TempDir
    private Path directory;

    /** Whose id is the smaller one. */
    enum Opener {
        PROTEUS,
        OTHER
    }

    @ParameterizedTest
    @CsvSource({
        "gateway-announcements, LIBP2P_TCP, PROTEUS",
        "gateway-announcements, LIBP2P_TCP, OTHER",
        "gateway-announcements, LIBP2P_QUIC, PROTEUS",
        "gateway-announcements, LIBP2P_QUIC, OTHER",
        "gateway-asked, LIBP2P_TCP, PROTEUS",
        "gateway-asked, LIBP2P_QUIC, OTHER"
    })
    void asTheDiallerProteusSaysTheSameAgainAsToTheRealNode(String name, Carrier carrier, Opener opener)
            throws Exception {
        GatewayRecording recording = read(name, FrameEncoding.BINCODE);
        try (GatewayHost host = GatewayHost.as(other, GatewayForm.V2, GatewayForm.V1)) {
            Setup setup = as(opener).dialling(GatewayConnectingTest.target(host.listen(carrier)));
            try (ProteusNode proteus = ProteusNode.start(directory, setup);
                    GatewayPeer listener = host.accept()) {
                assertThat(listener.form()).isEqualTo(GatewayForm.V2);
                HandshakeData own = listener.shakeHands(today(recording.listener()));
                saysOfItself(own, recording.dialler(), proteus);

                replay(recording, listener, false);

                nobodyIsPunishedInTheEnd(proteus, listener);
            }
        }
    }

    private GatewayRecording read(String name, FrameEncoding encoding) throws IOException {
        return GatewayRecording.read(RECORDINGS.resolve(name + ".jsonl.gz"), encoding);
    }

    private Setup as(Opener opener) throws IOException {
        PeerId id = Identities.idOf(other);
        Identity own = opener == Opener.PROTEUS ? Identities.before(id) : Identities.behind(id);
        return Setup.OPEN_LIBP2P.as(Identities.written(directory.resolve("identity.key"), own));
    }

    /** The recorded Proteus may have had its record changed on the way, to claim more work; what it was told is the same. */
    @ParameterizedTest
    @CsvSource({"LIBP2P_TCP, PROTEUS", "LIBP2P_TCP, OTHER", "LIBP2P_QUIC, PROTEUS", "LIBP2P_QUIC, OTHER"})
    void asTheListenerProteusSaysTheSameAgainInJsonAsToAnOlderRealNode(Carrier carrier, Opener opener)
            throws Exception {
        GatewayRecording recording = read("gateway-0.18.0", FrameEncoding.JSON);
        try (GatewayHost host = GatewayHost.as(other, GatewayForm.V1);
                ProteusNode proteus = ProteusNode.start(directory, as(opener));
                GatewayPeer dialler = host.dial(proteus.endpoint(carrier))) {
            HandshakeData own = dialler.shakeHands(today(recording.dialler()));
            saysOfItself(own, recording.listener(), proteus);

            replay(recording, dialler, true);

            nobodyIsPunishedInTheEnd(proteus, dialler);
        }
    }

    private static HandshakeData today(HandshakeData recorded) {
        return Handshakes.withClock(recorded, Duration.ZERO);
    }

    /** Who it is and where it listens is of this run. */
    private static void saysOfItself(HandshakeData own, HandshakeData recorded, ProteusNode proteus) {
        assertThat(own.version()).isEqualTo(recorded.version());
        assertThat(own.listenPort()).isEqualTo(recorded.listenPort());
        assertThat(HandshakeFlags.parse(own.extraData())).isEqualTo(HandshakeFlags.parse(recorded.extraData()));
        assertThat(Libp2pContact.parse(recorded.extraData())).isPresent();
        assertThat(Libp2pContact.parse(own.extraData()).orElseThrow().tcpPort())
                .contains(proteus.endpoint(Carrier.LIBP2P_TCP).address().port());
    }

    private static void replay(GatewayRecording recording, GatewayPeer other, boolean otherDialled) throws IOException {
        List<Frame> conversation = recording.conversation();
        assertThat(conversation).extracting(Frame::fromDialler).contains(true, false);
        for (Frame frame : conversation) {
            if (frame.fromDialler() == otherDialled) {
                other.sendFrame(frame.payload());
            } else {
                assertThat(other.readFrame().orElseThrow()).isEqualTo(frame.payload());
            }
        }
    }

    /**
     * It says no more than was recorded: what it says next is the answer to a question that was not, but for requests
     * for blocks that were announced.
     */
    private static void nobodyIsPunishedInTheEnd(ProteusNode proteus, GatewayPeer other) throws Exception {
        other.send(new PeerMessage.PeerListRequest());
        PeerMessage last = other.read();
        while (last instanceof PeerMessage.BlockRequestByHeight) {
            last = other.read();
        }
        assertThat(last).isEqualTo(new PeerMessage.PeerListResponse(List.of()));
        other.endOutput();
        assertThat(other.readFrame()).isEmpty();
        Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
        assertThat(proteus.node().punishedPeers()).isEmpty();
    }
}
