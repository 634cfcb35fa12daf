package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** Where a peer is looked for. */
final class CandidatesTest {

    private static final IpAddress IP = new IpAddress.V4(0x0800_0007);
    private static final IpAddress ELSEWHERE = new IpAddress.V4(0x0800_0008);
    private static final PeerId ID = InMemoryPeerTransport.idOf(IP);
    private static final PeerId OTHER = InMemoryPeerTransport.idOf(ELSEWHERE);
    private static final Instant NOW = ManualScheduler.START;

    private static PeerEndpoint quic(int port) {
        return new PeerEndpoint(new PeerAddress(IP, port), Carrier.LIBP2P_QUIC);
    }

    private static PeerEndpoint tcp(int port) {
        return new PeerEndpoint(new PeerAddress(IP, port), Carrier.LIBP2P_TCP);
    }

    private static PeerEndpoint with(PeerEndpoint endpoint, PeerId id) {
        return new PeerEndpoint(endpoint.address(), endpoint.carrier(), Optional.of(id));
    }

    private static Description legacy(Direction direction, int port, Optional<Integer> listenPort, String extraData) {
        PeerAddress address = new PeerAddress(IP, port);
        HandshakeData usual = Descriptions.handshake(7);
        return new Description(
                Carrier.LEGACY_TCP,
                direction,
                address,
                PeerId.ofLegacy(address),
                new HandshakeData(
                        usual.tipHeader(),
                        listenPort,
                        usual.network(),
                        usual.instanceId(),
                        usual.version(),
                        true,
                        false,
                        usual.timestamp(),
                        extraData),
                NOW,
                NOW);
    }

    private static AddressBookEntry entry(IpAddress ip, int port, Carrier carrier) {
        return new AddressBookEntry(new PeerAddress(ip, port), carrier, NOW, NOW, 0);
    }

    @Test
    void anythingThatIsKnownInItsOrderAndEachPlaceOnce() {
        String said =
                new Libp2pContact(ID, Optional.of(11_001), Optional.of(11_000)).toExtraData(HandshakeFlags.DEFAULT);
        Counterpart known = new Counterpart(
                new PeerAddress(IP, 9000),
                Optional.of(new Counterpart.Reached(new PeerAddress(IP, 12_000), Carrier.LIBP2P_TCP, OTHER)),
                NOW);
        Counterpart another = new Counterpart(
                new PeerAddress(ELSEWHERE, 9000),
                Optional.of(new Counterpart.Reached(new PeerAddress(ELSEWHERE, 1), Carrier.LIBP2P_TCP, OTHER)),
                NOW);
        Candidates candidates = new Candidates(
                List.of(another, known),
                List.of(
                        entry(IP, 13_000, Carrier.LIBP2P_QUIC),
                        entry(IP, 9000, Carrier.LEGACY_TCP),
                        entry(ELSEWHERE, 13_001, Carrier.LIBP2P_TCP)),
                Map.of(new PeerAddress(IP, 9000), List.of(tcp(14_000), tcp(9801))));

        assertThat(candidates.of(legacy(Direction.OUTBOUND, 9000, Optional.of(9798), said)))
                .containsExactly(
                        with(quic(11_000), ID),
                        with(tcp(11_001), ID),
                        with(tcp(12_000), OTHER),
                        quic(13_000),
                        quic(9002),
                        tcp(9003),
                        quic(9800),
                        tcp(9801),
                        tcp(14_000));
    }

    @Test
    void ofAnUnknownPeerThatDialledTheUsualPorts() {
        Candidates nothing = new Candidates(List.of(), List.of(), Map.of());

        assertThat(nothing.of(legacy(Direction.INBOUND, 40_000, Optional.of(9798), "00")))
                .containsExactly(quic(9800), tcp(9801));
        assertThat(nothing.of(legacy(Direction.INBOUND, 40_000, Optional.empty(), "00")))
                .containsExactly(quic(9800), tcp(9801));
        assertThat(nothing.of(legacy(Direction.INBOUND, 40_000, Optional.of(0), "00")))
                .containsExactly(quic(9800), tcp(9801));
        assertThat(nothing.of(legacy(Direction.INBOUND, 40_000, Optional.of(65_533), "00")))
                .containsExactly(quic(65_535), quic(9800), tcp(9801));
    }

    @Test
    void theAddressBookDoesNotFillTheList() {
        List<AddressBookEntry> book = new ArrayList<>();
        for (int port = 20_000; port < 20_100; port++) {
            book.add(entry(IP, port, Carrier.LIBP2P_TCP));
        }
        Candidates candidates = new Candidates(List.of(), book, Map.of());

        assertThat(candidates.of(legacy(Direction.OUTBOUND, 9798, Optional.of(9798), "00")))
                .containsExactly(tcp(20_000), tcp(20_001), tcp(20_002), tcp(20_003), quic(9800), tcp(9801));
    }

    @Test
    void whateverIsKnownItIsAtTheIpOfTheSession() {
        String said = new Libp2pContact(OTHER, Optional.of(1), Optional.of(2)).toExtraData(HandshakeFlags.DEFAULT);
        Candidates candidates = new Candidates(
                List.of(),
                List.of(entry(ELSEWHERE, 9801, Carrier.LIBP2P_TCP)),
                Map.of(new PeerAddress(ELSEWHERE, 9798), List.of()));

        assertThat(candidates.of(legacy(Direction.INBOUND, 40_000, Optional.of(9798), said)))
                .extracting(endpoint -> endpoint.address().ip())
                .containsOnly(IP);
    }
}
