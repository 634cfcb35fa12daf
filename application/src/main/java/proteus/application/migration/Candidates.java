package proteus.application.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * Where a peer may be on libp2p that is connected over the legacy stack: always at the IP of that connection. Pure.
 *
 * @param counterparts what was found out before
 * @param addressBook what is known of any peer
 * @param pairs what the operator said
 */
record Candidates(
        List<Counterpart> counterparts,
        List<AddressBookEntry> addressBook,
        Map<PeerAddress, List<PeerEndpoint>> pairs) {

    /** How far upstream's default ports for libp2p over QUIC and over TCP are above its legacy port. */
    private static final int QUIC_OFFSET = 2;

    private static final int TCP_OFFSET = 3;
    private static final int QUIC_PORT = 9800;
    private static final int TCP_PORT = 9801;
    private static final int MAX_PORT = 65_535;

    /** What the address book may add, lest many nodes at one IP use up all attempts. */
    private static final int MOST_OF_BOOK = 4;

    /** Where to look, in this order; each place once. */
    List<PeerEndpoint> of(Description legacy) {
        IpAddress ip = legacy.address().ip();
        Optional<PeerAddress> listening = LegacyAddress.of(legacy);
        List<PeerEndpoint> all = new ArrayList<>();
        legacy.handshake().libp2pContact().ifPresent(contact -> all.addAll(said(ip, contact)));
        listening.ifPresent(address -> counterparts.stream()
                .filter(known -> known.legacy().equals(address))
                .flatMap(known -> known.libp2p().stream())
                .forEach(reached -> all.add(reached.endpoint())));
        addressBook.stream()
                .filter(entry ->
                        entry.address().ip().equals(ip) && entry.carrier().stack() == Stack.LIBP2P)
                .limit(MOST_OF_BOOK)
                .forEach(entry -> all.add(new PeerEndpoint(entry.address(), entry.carrier())));
        listening.ifPresent(address -> {
            add(all, ip, address.port() + QUIC_OFFSET, Carrier.LIBP2P_QUIC);
            add(all, ip, address.port() + TCP_OFFSET, Carrier.LIBP2P_TCP);
        });
        add(all, ip, QUIC_PORT, Carrier.LIBP2P_QUIC);
        add(all, ip, TCP_PORT, Carrier.LIBP2P_TCP);
        listening.ifPresent(address -> all.addAll(pairs.getOrDefault(address, List.of())));
        return distinct(all);
    }

    private static List<PeerEndpoint> said(IpAddress ip, Libp2pContact contact) {
        Optional<PeerId> id = Optional.of(contact.peerId());
        List<PeerEndpoint> said = new ArrayList<>();
        contact.quicPort()
                .ifPresent(port -> said.add(new PeerEndpoint(new PeerAddress(ip, port), Carrier.LIBP2P_QUIC, id)));
        contact.tcpPort()
                .ifPresent(port -> said.add(new PeerEndpoint(new PeerAddress(ip, port), Carrier.LIBP2P_TCP, id)));
        return said;
    }

    private static void add(List<PeerEndpoint> all, IpAddress ip, int port, Carrier carrier) {
        if (port <= MAX_PORT) {
            all.add(new PeerEndpoint(new PeerAddress(ip, port), carrier));
        }
    }

    /** By place: the first that names it says who is expected there. */
    private static List<PeerEndpoint> distinct(List<PeerEndpoint> all) {
        Map<PeerEndpoint, PeerEndpoint> places = new LinkedHashMap<>();
        all.forEach(endpoint -> places.putIfAbsent(new PeerEndpoint(endpoint.address(), endpoint.carrier()), endpoint));
        return List.copyOf(places.values());
    }
}
