package proteus.bootstrap.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.adapters.legacytcp.LegacySettings;
import proteus.adapters.rpc.RpcSettings;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Makes one configuration of all sources. */
public final class ConfigurationReader {

    private static final IpAddress ANY_V6 = new IpAddress.V6(0, 0);
    private static final IpAddress ANY_V4 = new IpAddress.V4(0);

    private final Host host;
    private final Settings settings;

    private ConfigurationReader(Host host, Source commandLine) {
        this.host = host;
        Source environment = Environment.read(host.environment());
        Source file = new Settings(List.of(commandLine, environment))
                .value(ProgramFlags.CONFIG)
                .map(ConfigFile::read)
                .orElse(Source.NOTHING);
        this.settings = new Settings(List.of(commandLine, environment, file));
    }

    /**
     * What a node is told. Looks up the names of peers, which may block; touches nothing else but the file.
     *
     * @param host what the process is given beside the command line
     * @param commandLine what the command line says
     * @throws MisconfigurationException if anything is wrong in any source
     */
    public static NodeConfiguration read(Host host, Source commandLine) throws MisconfigurationException {
        return new ConfigurationReader(host, commandLine).configuration();
    }

    /**
     * Where a node keeps its files that is told the same.
     *
     * @param host what the process is given beside the command line
     * @param commandLine what the command line says
     * @throws MisconfigurationException if anything is wrong in any source
     */
    public static DataDirectory readDataDirectory(Host host, Source commandLine) throws MisconfigurationException {
        ConfigurationReader reader = new ConfigurationReader(host, commandLine);
        return reader.checked(reader.dataDirectory(reader.network()));
    }

    /**
     * How a node serves its RPC that is told the same.
     *
     * @param host what the process is given beside the command line
     * @param commandLine what the command line says
     * @throws MisconfigurationException if anything is wrong in any source
     */
    public static RpcSettings readRpc(Host host, Source commandLine) throws MisconfigurationException {
        ConfigurationReader reader = new ConfigurationReader(host, commandLine);
        return reader.rpc(reader.checked(reader.dataDirectory(reader.network())));
    }

    private NodeConfiguration configuration() throws MisconfigurationException {
        Network network = network();
        requireAcceptedProofs(network);
        requireNoConflict();
        List<PeerTarget> peers = peers();
        Optional<DataDirectory> found = dataDirectory(network);
        DataDirectory data = checked(found);
        ConnectionSettings connections = connections(peers);
        List<IpAddress> listenCandidates = listenCandidates();
        return new NodeConfiguration(
                new NodeSettings(
                        network,
                        connections,
                        bans(),
                        Map.of(Stack.LEGACY, StackUse.BOTH),
                        listenEndpoints(listenCandidates.getFirst()),
                        peers),
                listenCandidates,
                LegacySettings.forPeers(connections.maxNumPeers()).withHandshakeTimeout(connections.handshakeTimeout()),
                rpc(data),
                data,
                settings.value(ProgramFlags.INBOUND_MEMORY)
                        .orElse(Math.max(host.maxHeap() / 4, ProgramFlags.LEAST_INBOUND_MEMORY)),
                log(),
                warnings());
    }

    /** Ends the reading if anything is wrong; a missing directory always is. */
    private DataDirectory checked(Optional<DataDirectory> data) throws MisconfigurationException {
        if (data.isEmpty() || !settings.problems().isEmpty()) {
            throw new MisconfigurationException(settings.problems());
        }
        return data.get();
    }

    private Network network() {
        return settings.value(NetworkFlags.NAME).orElse(new Network.Main());
    }

    private Optional<DataDirectory> dataDirectory(Network network) {
        try {
            return Optional.of(DataDirectory.find(host, settings.value(ProgramFlags.DATA_DIR), network));
        } catch (BadValueException fault) {
            settings.problem(origin(ProgramFlags.DATA_DIR) + ": " + fault.getMessage());
            return Optional.empty();
        }
    }

    private void requireAcceptedProofs(Network network) {
        boolean realProofs = switch (network) {
            case Network.Main(), Network.Testnet(int _) -> true;
            case Network.TestnetMock(), Network.RegTest() -> false;
        };
        // A network that could not be read is not the main one.
        boolean known = settings.counting(NetworkFlags.NAME).size()
                == settings.values(NetworkFlags.NAME).size();
        if (realProofs && known && !settings.isOn(NetworkFlags.ACCEPT_UNVERIFIED_PROOFS)) {
            settings.problem(origin(NetworkFlags.NAME) + ": " + network.id()
                    + " needs --accept-unverified-proofs: this node does not verify the "
                    + "STARK proofs of blocks yet, so what it says about the chain must not be relied on");
        }
    }

    private void requireNoConflict() {
        if (settings.isOn(LaterFlags.COMPOSE) && settings.isOn(LaterFlags.BLOCKS_ONLY)) {
            settings.problem(origin(LaterFlags.COMPOSE) + ": conflicts with " + origin(LaterFlags.BLOCKS_ONLY)
                    + ", because a composer needs transactions");
        }
    }

    private String origin(Flag<?> flag) {
        return settings.counting(flag).stream()
                .map(Source.Given::origin)
                .findFirst()
                .orElse(flag.option());
    }

    private List<PeerTarget> peers() {
        Map<PeerAddress, PeerTarget> peers = new LinkedHashMap<>();
        for (Settings.Read<PeerName> read : settings.values(NetworkFlags.PEER)) {
            try {
                PeerTarget peer = read.value().resolve(host.names());
                PeerTarget before = peers.putIfAbsent(peer.address(), peer);
                if (before != null && !before.equals(peer)) {
                    throw new BadValueException(peer.address() + " is named twice, to speak " + before.protocol()
                            + " and " + peer.protocol() + " with it");
                }
            } catch (BadValueException fault) {
                settings.problem(read.origin() + ": " + fault.getMessage());
            }
        }
        return List.copyOf(peers.values());
    }

    private Set<IpAddress> bans() {
        return settings.values(NetworkFlags.BAN).stream()
                .map(Settings.Read::value)
                .collect(Collectors.toUnmodifiableSet());
    }

    private ConnectionSettings connections(List<PeerTarget> peers) {
        ConnectionSettings unsaid = ConnectionSettings.DEFAULT;
        return new ConnectionSettings(
                peers.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet()),
                settings.isOn(NetworkFlags.RESTRICT_PEERS_TO_LIST),
                settings.isOn(NetworkFlags.NO_INCOMING),
                maxNumPeers(),
                settings.value(NetworkFlags.MAX_CONNECTIONS_PER_IP).orElse(unsaid.maxConnectionsPerIp()),
                number(NetworkFlags.PEER_TOLERANCE, unsaid.peerTolerance()),
                settings.value(NetworkFlags.HANDSHAKE_TIMEOUT)
                        .map(Duration::ofSeconds)
                        .orElse(unsaid.handshakeTimeout()),
                settings.value(NetworkFlags.MAX_BLOCKS_SERVED_PER_MINUTE).orElse(unsaid.maxBlocksServedPerMinute()));
    }

    private RpcSettings rpc(DataDirectory data) {
        return new RpcSettings(
                number(ProgramFlags.RPC_PORT, RpcSettings.DEFAULT_PORT),
                data.path(),
                !settings.isOn(ProgramFlags.DISABLE_COOKIE_HINT),
                maxNumPeers());
    }

    private int maxNumPeers() {
        return number(NetworkFlags.MAX_NUM_PEERS, ConnectionSettings.DEFAULT.maxNumPeers());
    }

    private int number(Flag<Long> flag, int unsaid) {
        return settings.value(flag).map(Math::toIntExact).orElse(unsaid);
    }

    private List<IpAddress> listenCandidates() {
        IpAddress ip = settings.value(NetworkFlags.PEER_LISTEN_ADDR).orElse(ANY_V6);
        return ip.equals(ANY_V6) ? List.of(ip, ANY_V4) : List.of(ip);
    }

    private List<PeerEndpoint> listenEndpoints(IpAddress ip) {
        int port = number(NetworkFlags.PEER_PORT, PeerTarget.LEGACY_PORT);
        return List.of(new PeerEndpoint(new PeerAddress(ip, port), Carrier.LEGACY_TCP));
    }

    private LogSettings log() {
        LogSettings unsaid = LogSettings.DEFAULT;
        System.Logger.Level level = unsaid.level();
        Map<String, System.Logger.Level> loggers = new HashMap<>();
        for (Settings.Read<LogLevel> read : settings.values(ProgramFlags.LOG_LEVEL)) {
            if (read.value().logger().isEmpty()) {
                level = read.value().level();
            } else {
                loggers.put(read.value().logger(), read.value().level());
            }
        }
        LogFormat format = settings.value(ProgramFlags.LOG_FORMAT).orElse(unsaid.format());
        return new LogSettings(format, level, loggers);
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(settings.ineffective());
        if (host.variable("RUST_LOG").isPresent()
                && settings.counting(ProgramFlags.LOG_LEVEL).isEmpty()) {
            warnings.add("RUST_LOG is set, and this node does not read it; use PROTEUS_LOG_LEVEL or --log-level");
        }
        if (settings.isOn(NetworkFlags.RESTRICT_PEERS_TO_LIST)
                && settings.counting(NetworkFlags.PEER).isEmpty()) {
            warnings.add(
                    origin(NetworkFlags.RESTRICT_PEERS_TO_LIST) + " without a peer: this node will talk to nobody");
        }
        return warnings;
    }
}
