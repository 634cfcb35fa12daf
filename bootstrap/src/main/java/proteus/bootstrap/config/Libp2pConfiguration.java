package proteus.bootstrap.config;

import java.util.List;
import proteus.domain.peer.IpAddress;

/**
 * What the libp2p stack of a node is told beyond what concerns both stacks.
 *
 * @param identity as whom it shows itself
 * @param publicIps where the operator says that it can be reached, IPv4-mapped addresses made plain, each once; may be
 *     none
 * @param nativeSessions whether sessions with other Proteus nodes use the protocol of their own
 */
public record Libp2pConfiguration(IdentityChoice identity, List<IpAddress> publicIps, boolean nativeSessions) {

    /** Where upstream listens for libp2p over TCP. */
    public static final int DEFAULT_TCP_PORT = 9801;

    /** Where upstream listens for libp2p over QUIC, a port of UDP. */
    public static final int DEFAULT_QUIC_PORT = 9800;

    public Libp2pConfiguration {
        publicIps = publicIps.stream().map(IpAddress::canonical).distinct().toList();
    }

    /** An identity that ends with the run, and nothing said of where it can be reached. */
    public static Libp2pConfiguration ofRun() {
        return new Libp2pConfiguration(new IdentityChoice.OfRun(), List.of(), true);
    }
}
