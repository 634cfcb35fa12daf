package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerMessage;

/** A node of both stacks tells on the legacy one where it is on libp2p, at a place where real nodes read nothing. */
@WithRealNode
@SpeaksLegacy
final class ContactInHandshakeTest {

    private static final int LEGACY_PORT = 9798;

    private final RealPrograms current = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void theRealNodeAcceptsALegacyHandshakeThatTellsOfLibp2p(Seen seen) throws Exception {
        seen.with(current, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(current, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address());
                ProteusNode proteus =
                        ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_BOTH.dialling(proxy.address()))) {
            proteus.onlyPeer();
            NeptuneCli.Peer atReal = Eventually.until(
                            "the real node lists Proteus", real.cli()::peers, peers -> peers.size() == 1)
                    .getFirst();

            String extraData = extraDataOf(proteus, proxy, true);
            assertThat(atReal.instanceId())
                    .isEqualTo(proteus.node().ownInstanceId().toDecimal());
            assertThat(atReal.standing()).isZero();
            assertThat(real.cli().punishedPeers()).isEmpty();
            seen.says("0.19.4 as the listener lists Proteus, standing 0, whose extra_data is \"" + extraData + "\"");
        }
    }

    /** The handshake of Proteus as it was recorded, which has to tell where Proteus is. */
    private static String extraDataOf(ProteusNode proteus, RecordingProxy proxy, boolean isDialler) {
        HandshakeData said = proxy.frames().stream()
                .filter(frame -> frame.fromDialler() == isDialler)
                .map(frame -> ((PeerMessage.Handshake) frame.message()).data())
                .findFirst()
                .orElseThrow();
        Libp2pContact contact = Libp2pContact.parse(said.extraData()).orElseThrow();
        assertThat(contact.tcpPort())
                .contains(proteus.endpoint(Carrier.LIBP2P_TCP).address().port());
        assertThat(contact.quicPort())
                .contains(proteus.endpoint(Carrier.LIBP2P_QUIC).address().port());
        return said.extraData()
                .replace(contact.peerId().toString(), "12D3KooW…")
                .replaceAll(",\\d+(?=[,;])", ",PORT");
    }

    /** Only port 9798 means the legacy stack to 0.18.0. */
    @Test
    void anOlderRealNodeThatDialsAcceptsALegacyHandshakeThatTellsOfLibp2p(Seen seen) throws Exception {
        Optional<RealPrograms> old = RealPrograms.other("0.18.0");
        Assumptions.assumeTrue(old.isPresent(), "neptune-core 0.18.0 is not installed");
        seen.with(old.orElseThrow(), "neptune-core");
        seen.with(current, "neptune-cli");
        try (ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_BOTH);
                RecordingProxy proxy =
                        RecordingProxy.forgingListener(LEGACY_PORT, proteus.address(), payload -> payload);
                RealNode real = RealNode.start(
                        old.orElseThrow(), directory.resolve("real"), "--peer", "/ip4/127.0.0.1/tcp/" + LEGACY_PORT)) {
            NeptuneCli cli = real.cliOf(current);
            NeptuneCli.Peer atReal = Eventually.until("0.18.0 lists Proteus", cli::peers, peers -> peers.size() == 1)
                    .getFirst();

            String extraData = extraDataOf(proteus, proxy, false);
            assertThat(proteus.onlyPeer().connection().handshake().version()).isEqualTo("0.18.0");
            assertThat(atReal.standing()).isZero();
            assertThat(cli.punishedPeers()).isEmpty();
            assertThat(proteus.node().punishedPeers()).isEmpty();
            seen.says("0.18.0 as the dialler lists Proteus, standing 0, whose extra_data is \"" + extraData + "\"");
        }
    }

    @Test
    void anAddressWithoutAStackIsTriedByLibp2pFirstAndThenByLegacy(Seen seen) throws Exception {
        seen.with(current, "neptune-core", "neptune-cli");
        for (Carrier carrier : List.of(Carrier.LIBP2P_TCP, Carrier.LEGACY_TCP)) {
            try (RealNode real = RealNode.start(current, directory.resolve("real-" + carrier));
                    ProteusNode proteus = ProteusNode.start(
                            directory.resolve(carrier.name()),
                            Setup.OPEN_BOTH.dialling(
                                    new PeerTarget(real.endpoint(carrier).address(), PeerTarget.Protocol.EITHER)))) {
                assertThat(proteus.onlyPeer().connection().carrier()).isEqualTo(carrier);
                Eventually.until("the real node lists Proteus", real.cli()::peers, peers -> peers.size() == 1);
                assertThat(real.cli().punishedPeers()).isEmpty();
            }
        }
        seen.says(
                "--peer IP:PORT of the real node's libp2p on TCP, and of its legacy port: each time the stack is found, and "
                        + "the real node punishes nobody");
    }
}
