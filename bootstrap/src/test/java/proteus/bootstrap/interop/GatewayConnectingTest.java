package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Layers;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.peer.PeerId;

/** Proteus and a real node find each other over libp2p, whoever dials, by whatever carrier, whoever opens the stream. */
@WithRealNode
final class GatewayConnectingTest {

    private static final String NATIVE = "/proteus/regtest/session/1";

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    private int offers;

    @Test
    void overLibp2pProteusDialsTheRealNodeAndEachListsTheOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        Set<String> carriers = new LinkedHashSet<>();
        try (RealNode real = RealNode.start(programs, directory.resolve("real"))) {
            for (Carrier carrier : CARRIERS) {
                for (Identity identity : beforeAndBehind(real)) {
                    Setup setup = as(identity).dialling(target(real.endpoint(carrier)));
                    try (ProteusNode proteus = ProteusNode.start(dataOf(identity), setup)) {
                        assertThat(proteus.onlyPeer().connection().endpoint()).isEqualTo(real.endpoint(carrier));
                        carriers.add(eachListsTheOther(real, proteus, Identities.idOf(identity)));
                    }
                    Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
                }
            }
        }
        says(seen, carriers);
    }

    @Test
    void overLibp2pTheRealNodeDialsProteusAndEachListsTheOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        Set<String> carriers = new LinkedHashSet<>();
        try (RealNode real = RealNode.start(programs, directory.resolve("real"))) {
            for (Carrier carrier : CARRIERS) {
                for (Identity identity : beforeAndBehind(real)) {
                    try (ProteusNode proteus = ProteusNode.start(dataOf(identity), as(identity))) {
                        String address = proteus.endpoint(carrier).toMultiaddress();
                        real.cli().run("dial", address);
                        carriers.add(eachListsTheOther(real, proteus, Identities.idOf(identity)));
                        assertThat(real.cli().peers())
                                .extracting(NeptuneCli.Peer::address)
                                .containsExactly(address);
                    }
                    Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
                }
            }
        }
        says(seen, carriers);
    }

    static final List<Carrier> CARRIERS = List.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC);

    private static List<Identity> beforeAndBehind(RealNode real) throws Exception {
        PeerId id = real.cli().ownPeerId();
        return List.of(Identities.before(id), Identities.behind(id));
    }

    private Setup as(Identity identity) throws Exception {
        return Setup.OPEN_LIBP2P.as(
                Identities.written(directory.resolve(Identities.idOf(identity) + ".key"), identity));
    }

    private Path dataOf(Identity identity) {
        return directory.resolve(Identities.idOf(identity).toString());
    }

    static PeerTarget target(PeerEndpoint endpoint) {
        return PeerTarget.parse(endpoint.toMultiaddress()).orElseThrow();
    }

    /** Both have one peer, which is the other; returns what carries it. */
    private String eachListsTheOther(RealNode real, ProteusNode proteus, PeerId own) throws Exception {
        ConnectedPeer peer = Eventually.until(
                        "Proteus has one peer that has said what it speaks",
                        proteus.node()::peers,
                        peers -> peers.size() == 1
                                && !peers.getFirst().layers().protocols().isEmpty())
                .getFirst();
        NeptuneCli.Peer atReal = Eventually.until(
                        "the real node lists Proteus", real.cli()::peers, peers -> peers.size() == 1)
                .getFirst();
        NeptuneCli.Peer atProteus = proteus.cli(programs).peers().getFirst();

        assertThat(atReal.instanceId()).isEqualTo(proteus.cli(programs).ownInstanceId());
        assertThat(atProteus.instanceId()).isEqualTo(real.cli().ownInstanceId());
        assertThat(List.of(atReal.version(), atProteus.version())).containsOnly("0.19.4");
        assertThat(List.of(atReal.standing(), atProteus.standing())).containsOnly(0);
        assertThat(atProteus.address()).isEqualTo(peer.connection().endpoint().toMultiaddress());
        assertThat(peer.connection().peerId()).isEqualTo(real.cli().ownPeerId());
        assertThat(peer.layers().agent()).contains("neptune-cash/0.19.4");
        assertThat(peer.layers().protocols()).contains(GatewayForm.V1.id(), GatewayForm.V2.id());
        assertThat(real.logSinceStart()).contains("peer=" + own + " encoding=Bincode");
        endsOnTheGateway(real, peer, own);
        return told(peer);
    }

    /** If Proteus opens the stream it offers its own protocol first, and the real node passes it over, each time once. */
    private void endsOnTheGateway(RealNode real, ConnectedPeer peer, PeerId own) throws Exception {
        assertThat(peer.layers().session()).contains(GatewayForm.V2.id());
        if (own.compareTo(real.cli().ownPeerId()) < 0) {
            offers++;
        }
        List<String> about = real.logSinceStart()
                .lines()
                .filter(line -> line.contains(NATIVE))
                .toList();
        assertThat(about.stream().filter(line -> line.contains("rejecting protocol protocol=" + NATIVE)))
                .hasSize(offers);
        assertThat(about).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        assertThat(real.cli().punishedPeers()).isEmpty();
    }

    private static String told(ConnectedPeer peer) {
        Layers layers = peer.layers();
        return peer.connection().carrier().transport() + " ("
                + layers.security().orElseThrow() + ", " + layers.muxer().orElseThrow() + ")";
    }

    private static void says(Seen seen, Set<String> carriers) {
        assertThat(carriers).hasSameSizeAs(CARRIERS);
        seen.says("over " + String.join(" and ", carriers)
                + ", whichever of the two has the smaller id and opens the stream: peer-info of either lists the other at "
                + "its multiaddress, version 0.19.4, standing 0, and the session is on gateway 2.0; the real node logs encoding=Bincode, "
                + "and of the native protocol, if Proteus opens the stream, that it rejects it, at debug");
    }
}
