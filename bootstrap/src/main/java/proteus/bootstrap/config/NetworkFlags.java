package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.NETWORK;

import java.util.List;
import java.util.Map;
import proteus.application.node.StackUse;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;

/** The flags for the network and the peers. */
final class NetworkFlags {

    private static final ConnectionSettings DEFAULT = ConnectionSettings.DEFAULT;

    static final Flag<Network> NAME = Flag.one(
                    NETWORK,
                    "network",
                    "NETWORK",
                    text -> Network.parse(text)
                            .orElseThrow(() -> Kind.not(
                                    text,
                                    "a network; there are main, testnet (which is testnet-0), testnet-0 to testnet-255, "
                                            + "testnet-mock and regtest")),
                    "main, testnet, testnet-0 to testnet-255, testnet-mock or regtest. Default: main.")
            .or("-n");

    static final Flag<Boolean> ACCEPT_UNVERIFIED_PROOFS = Flag.toggle(
            NETWORK,
            "accept-unverified-proofs",
            "Needed for main and testnet-N, whose blocks have real STARK proofs: this node does not verify them yet and takes "
                    + "them for valid, so what it says about the chain must not be relied on.");

    private static final Kind<StackUse> STACK_USE = Kind.oneOf(
            Map.of("off", StackUse.OFF, "accept", StackUse.ACCEPT, "dial", StackUse.DIAL, "both", StackUse.BOTH),
            "off, accept, dial or both");

    static final Flag<StackUse> LEGACY = Flag.one(
            NETWORK,
            "legacy",
            "MODE",
            STACK_USE,
            "What to use the legacy stack for: off, accept (peers may dial this node), dial (this node dials peers) or "
                    + "both. Default: "
                    + (LegacyStack.isBuilt() ? "both." : "off, and nothing else: this build has no legacy stack."));

    static final Flag<StackUse> LIBP2P =
            Flag.one(NETWORK, "libp2p", "MODE", STACK_USE, "The same for the libp2p stack. Default: both.");

    static final Flag<PeerName> PEER = Flag.many(NETWORK, "peer", "ADDRESS", PeerName::parse, """
            A peer to stay connected to; can be repeated.
            legacy:HOST:PORT, or any form below with TCP port 9798 and without /p2p/ID: the legacy protocol.
            IP:PORT, [IPV6]:PORT, /ip4/IP/tcp/PORT: whichever protocol it knows.
            /ip4/IP/tcp/PORT/p2p/ID, /ip4/IP/udp/PORT/quic-v1, /ip4/IP/udp/PORT/quic-v1/p2p/ID: libp2p; with an ID, \
            with nobody else.
            In all of these, /ip6/IPV6, /dns/NAME, /dns4/NAME and /dns6/NAME can stand for /ip4/IP. A name is looked up \
            once, at the start.""");

    static final Flag<Boolean> RESTRICT_PEERS_TO_LIST = Flag.toggle(
            NETWORK,
            "restrict-peers-to-list",
            "Talk to the peers named by --peer only, and let nobody connect to this node.");

    static final Flag<Boolean> NO_INCOMING =
            Flag.toggle(NETWORK, "no-incoming", "Let nobody connect to this node: do not listen for peers.");

    static final Flag<Long> MAX_NUM_PEERS = Flag.one(
            NETWORK,
            "max-num-peers",
            "COUNT",
            Kind.number(0, 65_535),
            "The most connected peers, 0 to 65535; 0 means those named by --peer only. Default: "
                    + DEFAULT.maxNumPeers() + ".");

    static final Flag<Integer> MAX_CONNECTIONS_PER_IP = Flag.one(
            NETWORK,
            "max-connections-per-ip",
            "COUNT",
            Kind.count(),
            "The most peers with one IP address, loopback included. Default: " + DEFAULT.maxConnectionsPerIp() + ".");

    static final Flag<Integer> MAX_CONNECTIONS_PER_PREFIX = Flag.one(
            NETWORK,
            "max-connections-per-prefix",
            "COUNT",
            NetworkFlags::quota,
            "The most peers that connected, over either stack, from one /24 of IPv4 or one /64 of IPv6, 1 or more. Default: "
                    + SourceQuotaSettings.DEFAULT.openPerPrefix() + ".");

    static final Flag<Integer> MAX_CONNECTION_ATTEMPTS_PER_IP_PER_MINUTE = Flag.one(
            NETWORK,
            "max-connection-attempts-per-ip-per-minute",
            "COUNT",
            NetworkFlags::quota,
            "The most attempts of one IP to connect, over either stack, in a minute, refused ones included, 1 to "
                    + SourceQuotaSettings.MOST_ATTEMPTS + ". Default: "
                    + SourceQuotaSettings.DEFAULT.attemptsPerMinute() + ".");

    static final Flag<Long> MAX_BLOCKS_SERVED_PER_MINUTE = Flag.one(
            NETWORK,
            "max-blocks-served-per-minute",
            "COUNT",
            Kind.number(0, 0xFFFF_FFFFL),
            "The most blocks handed to one peer in a minute. Default: " + DEFAULT.maxBlocksServedPerMinute() + ".");

    static final Flag<Long> PEER_TOLERANCE = Flag.one(
            NETWORK,
            "peer-tolerance",
            "POINTS",
            Kind.number(1, 65_535),
            "A peer whose standing falls to minus this is disconnected and refused, 1 to 65535. Default: "
                    + DEFAULT.peerTolerance() + ".");

    static final Flag<IpAddress> BAN = Flag.many(
            NETWORK,
            "ban",
            "ADDRESS",
            AddressText::ip,
            "Keep the IP in this address out as long as the node runs; can be repeated. An IP, IP:PORT, [IPV6]:PORT, or a "
                    + "multiaddress that begins with an IP.");

    static final Flag<Long> HANDSHAKE_TIMEOUT = Flag.one(
            NETWORK,
            "handshake-timeout",
            "SECONDS",
            NetworkFlags::handshakeTimeout,
            "How long each message of a handshake may take, 1 to 255 seconds. Default: "
                    + DEFAULT.handshakeTimeout().toSeconds() + ".");

    static final Flag<Long> PEER_PORT = Flag.one(
            NETWORK,
            "peer-port",
            "PORT",
            Kind.port(),
            "Where to listen for legacy peers; 0 takes any free port. Default: " + PeerTarget.LEGACY_PORT + ".");

    static final Flag<IpAddress> PEER_LISTEN_ADDR = Flag.one(
                    NETWORK,
                    "peer-listen-addr",
                    "IP",
                    Kind.ip(),
                    "The address to listen on for peers. Default: ::, which is IPv6 and IPv4, or IPv4 alone on a host "
                            + "without IPv6.")
            .or("-p");

    private NetworkFlags() {}

    /** Upstream takes 0 too, and then no handshake ever succeeds. */
    private static long handshakeTimeout(String text) throws BadValueException {
        long seconds = Kind.number(0, 255).read(text);
        if (seconds == 0) {
            throw new BadValueException("0 would end every handshake before it begins; give 1 to 255 seconds");
        }
        return seconds;
    }

    /** Upstream takes 0 too, and then nobody can ever connect. */
    private static int quota(String text) throws BadValueException {
        int most = Kind.count().read(text);
        if (most == 0) {
            throw new BadValueException("0 would let nobody connect; say so with --no-incoming, or give 1 or more");
        }
        return most;
    }

    static List<Flag<?>> all() {
        return List.of(
                NAME,
                ACCEPT_UNVERIFIED_PROOFS,
                LEGACY,
                LIBP2P,
                PEER,
                RESTRICT_PEERS_TO_LIST,
                NO_INCOMING,
                MAX_NUM_PEERS,
                MAX_CONNECTIONS_PER_IP,
                MAX_CONNECTIONS_PER_PREFIX,
                MAX_CONNECTION_ATTEMPTS_PER_IP_PER_MINUTE,
                MAX_BLOCKS_SERVED_PER_MINUTE,
                PEER_TOLERANCE,
                BAN,
                HANDSHAKE_TIMEOUT,
                PEER_PORT,
                PEER_LISTEN_ADDR);
    }
}
