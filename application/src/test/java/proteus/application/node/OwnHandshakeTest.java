package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerTime;

final class OwnHandshakeTest {

    private static final InstanceId ID = new InstanceId(1, 2);
    private static final IpAddress MAPPED = new IpAddress.V6(0, 0xFFFF_0800_0002L);

    private final ManualScheduler clock = new ManualScheduler();
    private final GenesisChain chain = GenesisChain.of(new Network.Main());
    private final OwnHandshake handshake = new OwnHandshake(new Network.Main(), ID, chain, clock);

    @Test
    void saysWhatANodeAtGenesisIs() {
        assertThat(handshake.now())
                .isEqualTo(new HandshakeData(
                        chain.tip().header(),
                        Optional.empty(),
                        new Network.Main(),
                        ID,
                        "0.19.4",
                        true,
                        false,
                        PeerTime.of(ManualScheduler.START),
                        "00"));
        assertThat(handshake.instanceId()).isEqualTo(ID);
    }

    @Test
    void saysTheTimeOfEachHandshake() {
        clock.advance(Duration.ofSeconds(5));

        assertThat(handshake.now().timestamp()).isEqualTo(PeerTime.of(clock.instant()));
    }

    @Test
    void saysWhereItListensOnceItDoes() {
        handshake.listeningAt(new PeerEndpoint(Places.at(1), Carrier.LEGACY_TCP).withPort(9798));

        assertThat(handshake.now().listenPort()).contains(9798);
        assertThat(handshake.now().extraData()).isEqualTo("00");
    }

    @Test
    void saysWhoItIsOnLibp2pAndHowToReachItThereOnceThatWorks() {
        PeerId id = PeerId.ofLegacy(Places.at(1));
        handshake.identifiedAs(id);
        assertThat(Libp2pContact.parse(handshake.now().extraData()))
                .contains(new Libp2pContact(id, Optional.empty(), Optional.empty()));

        handshake.listeningAt(new PeerEndpoint(Places.at(1), Carrier.LIBP2P_QUIC).withPort(9800));

        assertThat(handshake.now().listenPort()).isEmpty();
        assertThat(Libp2pContact.parse(handshake.now().extraData()))
                .contains(new Libp2pContact(id, Optional.empty(), Optional.of(9800)));
        assertThat(HandshakeFlags.parse(handshake.now().extraData())).isEqualTo(HandshakeFlags.parse("00"));
    }

    @Test
    void settingsAreCanonicalAndNameAPeerOnce() {
        PeerAddress mapped = new PeerAddress(MAPPED, Places.PORT);
        PeerTarget target = new PeerTarget(mapped, PeerTarget.Protocol.EITHER);
        NodeSettings settings = new NodeSettings(
                new Network.Main(),
                withPeers(Set.of(mapped)),
                Set.of(MAPPED),
                Map.of(),
                List.of(),
                List.of(target, new PeerTarget(Places.at(2), PeerTarget.Protocol.EITHER)));

        assertThat(settings.commandLineBans()).containsExactly(Places.ip(2));
        assertThat(settings.peers()).containsExactly(target);
        assertThat(target.address()).isEqualTo(Places.at(2));
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        PeerTarget target = new PeerTarget(Places.at(2), PeerTarget.Protocol.EITHER);

        assertThatThrownBy(() -> new NodeSettings(
                        new Network.Main(), ConnectionSettings.DEFAULT, Set.of(), Map.of(), List.of(), List.of(target)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Places.at(2).toString());
    }

    private static ConnectionSettings withPeers(Set<PeerAddress> peers) {
        ConnectionSettings standard = ConnectionSettings.DEFAULT;
        return new ConnectionSettings(
                peers,
                false,
                false,
                standard.maxNumPeers(),
                standard.maxConnectionsPerIp(),
                standard.peerTolerance(),
                standard.handshakeTimeout(),
                standard.maxBlocksServedPerMinute());
    }

    @Test
    void wantedPeersAreTheNamedOnesAndThoseBeingDialledByOrder() {
        WantedPeers wanted = new WantedPeers(withPeers(Set.of(Places.at(2))));
        assertThat(wanted.contains(new PeerAddress(MAPPED, Places.PORT))).isTrue();
        assertThat(wanted.contains(new PeerAddress(MAPPED, Places.PORT + 1))).isFalse();

        wanted.dialBegins(new PeerAddress(MAPPED, 1));
        assertThat(wanted.contains(new PeerAddress(Places.ip(2), 1))).isTrue();
        wanted.dialEnds(new PeerAddress(Places.ip(2), 1));
        wanted.dialEnds(Places.at(2));
        assertThat(wanted.contains(new PeerAddress(Places.ip(2), 1))).isFalse();
        assertThat(wanted.contains(Places.at(2))).isTrue();
    }
}
