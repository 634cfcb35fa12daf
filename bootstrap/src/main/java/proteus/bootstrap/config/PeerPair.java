package proteus.bootstrap.config;

import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.domain.peer.PeerAddress;

/**
 * Where one peer is on each stack, as the operator says.
 *
 * @param legacy where it takes legacy connections
 * @param libp2p where it takes those of libp2p, at the same IP
 */
record PeerPair(PeerAddress legacy, PeerEndpoint libp2p) {

    private static final String FORM =
            "IP:PORT=/ip4/IP/tcp/PORT or IP:PORT=/ip4/IP/udp/PORT/quic-v1 (/ip6/IPV6 and [IPV6]:PORT "
                    + "for IPv6), perhaps with /p2p/ID behind it";

    /**
     * Reads {@code LEGACY=MULTIADDR}.
     *
     * @throws BadValueException if {@code text} is none, or one of two hosts
     */
    static PeerPair parse(String text) throws BadValueException {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw Kind.not(text, "a pair; write " + FORM);
        }
        PeerAddress legacy = legacy(text, text.substring(0, equals));
        PeerEndpoint libp2p = libp2p(text, text.substring(equals + 1));
        if (!legacy.ip().equals(libp2p.address().ip())) {
            throw new BadValueException("'" + text + "' names two hosts, " + legacy.ip() + " and "
                    + libp2p.address().ip() + "; both addresses of a peer must have the same IP");
        }
        return new PeerPair(legacy, libp2p);
    }

    private static PeerAddress legacy(String text, String address) throws BadValueException {
        return PeerAddress.parse(address)
                .filter(literal -> literal.port() != 0)
                .map(PeerAddress::canonical)
                .orElseThrow(() -> new BadValueException(
                        "'" + text + "': '" + address + "' is not where a legacy peer is; write " + FORM));
    }

    private static PeerEndpoint libp2p(String text, String multiaddress) throws BadValueException {
        Optional<PeerTarget> target = PeerTarget.parse(multiaddress);
        return target.map(peer -> new PeerEndpoint(peer.address(), carrier(peer.protocol()), peer.expected()))
                .orElseThrow(() -> new BadValueException(
                        "'" + text + "': '" + multiaddress + "' is not where a libp2p peer is; write " + FORM));
    }

    /** Behind the equals sign it is libp2p, whatever a port means elsewhere. */
    private static Carrier carrier(Protocol protocol) {
        return switch (protocol) {
            case QUIC -> Carrier.LIBP2P_QUIC;
            case LEGACY, LIBP2P, EITHER -> Carrier.LIBP2P_TCP;
        };
    }
}
