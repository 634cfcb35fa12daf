package proteus.adapters.libp2p.gateway;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * What a node tells its peers of where it listens: at every interface of this host where it listens at all of them; or at
 * the public IPs that its operator names, and then at nothing else.
 */
final class AnnouncedAddresses implements UnaryOperator<List<Multiaddr>> {

    /** A host with more interfaces tells some of them: peers take no endless list. */
    private static final int MOST = 64;

    private final List<InetAddress> publicIps;
    private final Supplier<List<InetAddress>> interfaces;

    AnnouncedAddresses(List<InetAddress> publicIps, Supplier<List<InetAddress>> interfaces) {
        this.publicIps = List.copyOf(publicIps);
        this.interfaces = interfaces;
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
    private Stream<InetAddress> everywhere(InetAddress any) {
        return interfaces.get().stream().filter(ip -> any instanceof Inet6Address || ip instanceof Inet4Address);
    }

    private static Multiaddr at(InetAddress ip, Multiaddr address) {
        return address.tcpAddress()
                .map(tcp -> Multiaddr.ofTcp(new InetSocketAddress(ip, tcp.getPort())))
                .orElseGet(() -> Multiaddr.ofQuic(new InetSocketAddress(
                        ip, address.quicAddress().orElseThrow().getPort())));
    }
}
