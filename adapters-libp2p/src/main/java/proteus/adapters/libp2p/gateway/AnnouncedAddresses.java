package proteus.adapters.libp2p.gateway;

import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * What a node tells its peers of where it listens: at every interface of this host where it listens at all of them; or at
 * the public IPs that its operator names, and then at nothing else.
 */
final class AnnouncedAddresses implements UnaryOperator<List<Multiaddr>> {

    private static final System.Logger LOG = System.getLogger(AnnouncedAddresses.class.getName());

    /** A host with more interfaces tells some of them: peers take no endless list. */
    private static final int MOST = 64;

    private final List<InetAddress> publicIps;

    AnnouncedAddresses(List<InetAddress> publicIps) {
        this.publicIps = List.copyOf(publicIps);
    }

    @Override
    public List<Multiaddr> apply(List<Multiaddr> listening) {
        return listening.stream()
                .flatMap(address -> ips(address).map(ip -> at(ip, address)))
                .distinct()
                .limit(MOST)
                .toList();
    }

    private Stream<InetAddress> ips(Multiaddr address) {
        if (!publicIps.isEmpty()) {
            return publicIps.stream();
        }
        return address.ip().stream().flatMap(ip -> ip.isAnyLocalAddress() ? everywhere(ip) : Stream.of(ip));
    }

    /** Who listens at all addresses of version 6 does so at those of version 4 as well, but not the other way round. */
    private static Stream<InetAddress> everywhere(InetAddress any) {
        return interfaces().filter(ip -> any instanceof Inet6Address || ip instanceof Inet4Address);
    }

    private static Stream<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(ip -> !ip.isLinkLocalAddress());
        } catch (SocketException unknown) {
            LOG.log(Level.WARNING, "the interfaces of this host are not known; peers are not told of them", unknown);
            return Stream.empty();
        }
    }

    private static Multiaddr at(InetAddress ip, Multiaddr address) {
        return address.tcpAddress()
                .map(tcp -> Multiaddr.ofTcp(new InetSocketAddress(ip, tcp.getPort())))
                .orElseGet(() -> Multiaddr.ofQuic(new InetSocketAddress(
                        ip, address.quicAddress().orElseThrow().getPort())));
    }
}
