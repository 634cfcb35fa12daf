package proteus.bootstrap.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import proteus.domain.peer.IpAddress;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface NameResolver {

    /**
     * The addresses of {@code name}, best first, at least one. May block.
     *
     * @throws UnknownHostException if there is none
     */
    List<IpAddress> resolve(String name) throws UnknownHostException;

    /** The resolver of the operating system. */
    static NameResolver ofSystem() {
        return name -> Arrays.stream(InetAddress.getAllByName(name))
                .map(address -> IpAddress.of(address.getAddress()))
                .toList();
    }
}
