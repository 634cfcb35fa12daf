package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.LIBP2P;

import java.nio.file.Path;
import java.util.List;
import proteus.domain.peer.IpAddress;

/** The flags for the libp2p stack alone. */
final class Libp2pFlags {

    static final Flag<Long> TCP_PORT = Flag.one(
            LIBP2P,
            "tcp-port",
            "PORT",
            Kind.port(),
            "Where to listen for libp2p over TCP; 0 takes any free port. Default: "
                    + Libp2pConfiguration.DEFAULT_TCP_PORT + ".");

    static final Flag<Long> QUIC_PORT = Flag.one(
            LIBP2P,
            "quic-port",
            "PORT",
            Kind.port(),
            "Where to listen for libp2p over QUIC, which is UDP; 0 takes any free port. Default: "
                    + Libp2pConfiguration.DEFAULT_QUIC_PORT + ".");

    static final Flag<IpAddress> PUBLIC_IP = Flag.many(
            LIBP2P,
            "public-ip",
            "IP",
            Kind.ip(),
            "An IP at which everybody can reach this node, at the two ports above; can be repeated. Default: none.");

    static final Flag<Path> IDENTITY_FILE = Flag.one(LIBP2P, "identity-file", "FILE", Kind.path(), """
            Where the key is by which peers know this node; made if it is not there. A relative FILE is looked for below \
            the current directory.
            Default: network/identity.key in the directory of the network, below --data-dir.""");

    static final Flag<Boolean> NEW_IDENTITY = Flag.toggle(
            LIBP2P, "new-identity", "Put the identity file aside and make a new one, at every start that is told so.");

    static final Flag<Boolean> INCOGNITO = Flag.toggle(
            LIBP2P,
            "incognito",
            "Use an identity of this run only, and neither read nor write a file, whatever the two flags above say.");

    static final Flag<Boolean> NO_NATIVE_SESSIONS = Flag.toggle(
            LIBP2P,
            "no-native-sessions",
            "Speak to other Proteus nodes as to neptune-core: neither offer nor take their own session protocol.");

    private Libp2pFlags() {}

    static List<Flag<?>> all() {
        return List.of(TCP_PORT, QUIC_PORT, PUBLIC_IP, IDENTITY_FILE, NEW_IDENTITY, INCOGNITO, NO_NATIVE_SESSIONS);
    }
}
