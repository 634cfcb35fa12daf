package proteus.bootstrap.config;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import proteus.application.node.NodeSettings;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Where a node listens for peers. */
final class Listening {

    private static final IpAddress ANY_V6 = new IpAddress.V6(0, 0);
    private static final IpAddress ANY_V4 = new IpAddress.V4(0);

    private Listening() {}

    /** On which IP, best first. */
    static List<IpAddress> candidates(Settings settings) {
        IpAddress ip =
                settings.value(NetworkFlags.PEER_LISTEN_ADDR).orElse(ANY_V6).canonical();
        return ip.equals(ANY_V6) ? List.of(ip, ANY_V4) : List.of(ip);
    }

    /**
     * At which ports of {@code ip}, for all stacks that there are: which of them accept can change while the node runs.
     */
    static List<PeerEndpoint> endpoints(Settings settings, Set<Stack> built, IpAddress ip) {
        return Arrays.stream(Carrier.values())
                .filter(carrier -> built.contains(carrier.stack()))
                .map(carrier -> new PeerEndpoint(new PeerAddress(ip, port(settings, carrier)), carrier))
                .toList();
    }

    private static int port(Settings settings, Carrier carrier) {
        return switch (carrier) {
            case LEGACY_TCP -> settings.number(NetworkFlags.PEER_PORT, PeerTarget.LEGACY_PORT);
            case LIBP2P_TCP -> settings.number(Libp2pFlags.TCP_PORT, Libp2pConfiguration.DEFAULT_TCP_PORT);
            case LIBP2P_QUIC -> settings.number(Libp2pFlags.QUIC_PORT, Libp2pConfiguration.DEFAULT_QUIC_PORT);
        };
    }

    /**
     * Makes it a problem of {@code settings} if both stacks would listen on one TCP port, in one stage or another, or as the
     * operator uses them.
     */
    static void requireTwoPorts(Settings settings, NodeSettings node, boolean custom) {
        List<Integer> ports = node.listenEndpoints().stream()
                .filter(endpoint ->
                        !custom || node.use(endpoint.carrier().stack()).accepts())
                .filter(endpoint -> endpoint.carrier() != Carrier.LIBP2P_QUIC)
                .map(endpoint -> endpoint.address().port())
                .filter(port -> port != 0)
                .toList();
        // What cannot be read may not be the default.
        boolean known = settings.isReadable(NetworkFlags.PEER_PORT) && settings.isReadable(Libp2pFlags.TCP_PORT);
        if (known && ports.stream().distinct().count() < ports.size()) {
            settings.problem(settings.origin(Libp2pFlags.TCP_PORT) + ": both stacks would listen on TCP port "
                    + ports.getFirst() + ", which is also that of " + settings.origin(NetworkFlags.PEER_PORT)
                    + "; give them two ports");
        }
    }
}
