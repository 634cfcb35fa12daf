package proteus.bootstrap.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.adapters.rpc.RpcSettings;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.sync.SyncSettings;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;

/** Makes one configuration of all sources. */
public final class ConfigurationReader {

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
     * Which network a node belongs to that is told the same.
     *
     * @param host what the process is given beside the command line
     * @param commandLine what the command line says
     * @throws MisconfigurationException if anything is wrong in any source
     */
    public static Network readNetwork(Host host, Source commandLine) throws MisconfigurationException {
        ConfigurationReader reader = new ConfigurationReader(host, commandLine);
        return reader.checked(Optional.of(reader.network()));
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
        Mined.requireMockProofs(settings, network);
        MigrationSettings migration = Staging.read(settings, host.stacks());
        Map<Stack, StackUse> stacks = StackUses.read(settings, migration.stage(), host.stacks());
        List<PeerTarget> peers = NamedPeers.read(settings, host, migration.custom() ? stacks : NamedPeers.ofAll(host));
        ConnectionSettings connections = connections(peers);
        List<IpAddress> candidates = Listening.candidates(settings);
        List<PeerEndpoint> endpoints = Listening.endpoints(settings, host.stacks(), candidates.getFirst());
        NodeSettings node = new NodeSettings(network, connections, bans(), stacks, endpoints, peers);
        if (connections.allowsIncoming()) {
            Listening.requireTwoPorts(settings, node, migration.custom());
        }
        requireOwnIdentityFile();
        DataDirectory data = checked(dataDirectory(network));
        return new NodeConfiguration(
                node,
                candidates,
                libp2p(data),
                quotas(connections),
                rpc(data),
                JsonRpcFlags.read(settings, maxNumPeers()),
                MonitoringFlags.readMetrics(settings),
                MonitoringFlags.readDashboard(settings),
                data,
                sync(),
                Mined.read(settings),
                migration,
                settings.value(ProgramFlags.INBOUND_MEMORY)
                        .orElse(Math.max(host.maxHeap() / 4, ProgramFlags.LEAST_INBOUND_MEMORY)),
                log(),
                Warnings.of(settings, host, node, migration));
    }

    private SyncSettings sync() {
        return new SyncSettings(
                settings.value(ChainFlags.SYNC_MODE_THRESHOLD)
                        .map(Long::intValue)
                        .orElse(SyncSettings.DEFAULT.threshold()),
                settings.value(ChainFlags.SYNC_MEMORY).orElse(SyncSettings.DEFAULT.memory()));
    }

    /** Ends the reading if anything is wrong; a missing value always is. */
    private <T> T checked(Optional<T> value) throws MisconfigurationException {
        if (value.isEmpty() || !settings.problems().isEmpty()) {
            throw new MisconfigurationException(settings.problems());
        }
        return value.get();
    }

    private Network network() {
        return settings.value(NetworkFlags.NAME).orElse(new Network.Main());
    }

    private Optional<DataDirectory> dataDirectory(Network network) {
        try {
            return Optional.of(DataDirectory.find(host, settings.value(ProgramFlags.DATA_DIR), network));
        } catch (BadValueException fault) {
            settings.problem(settings.origin(ProgramFlags.DATA_DIR) + ": " + fault.getMessage());
            return Optional.empty();
        }
    }

    private void requireAcceptedProofs(Network network) {
        boolean realProofs = switch (network) {
            case Network.Main(), Network.Testnet(int _) -> true;
            case Network.TestnetMock(), Network.RegTest() -> false;
        };
        // A network that could not be read is not the main one.
        boolean known = settings.isReadable(NetworkFlags.NAME);
        if (realProofs && known && !settings.isOn(NetworkFlags.ACCEPT_UNVERIFIED_PROOFS)) {
            settings.problem(settings.origin(NetworkFlags.NAME) + ": " + network.id()
                    + " needs --accept-unverified-proofs: this node does not verify the "
                    + "STARK proofs of blocks yet, so what it says about the chain must not be relied on");
        }
    }

    private void requireNoConflict() {
        if (settings.isOn(MiningFlags.COMPOSE) && settings.isOn(LaterFlags.BLOCKS_ONLY)) {
            settings.problem(settings.origin(MiningFlags.COMPOSE) + ": conflicts with "
                    + settings.origin(LaterFlags.BLOCKS_ONLY) + ", because a composer needs transactions");
        }
    }

    private void requireOwnIdentityFile() {
        settings.value(Libp2pFlags.IDENTITY_FILE)
                .filter(file -> !settings.isOn(Libp2pFlags.INCOGNITO) && DataDirectory.isOfUpstream(host, file))
                .ifPresent(file -> settings.problem(settings.origin(Libp2pFlags.IDENTITY_FILE) + ": " + file
                        + " belongs to neptune-core, whose files must not be touched; name a copy of it"));
    }

    private Libp2pConfiguration libp2p(DataDirectory data) {
        IdentityChoice identity = settings.isOn(Libp2pFlags.INCOGNITO)
                ? new IdentityChoice.OfRun()
                : new IdentityChoice.Stored(
                        settings.value(Libp2pFlags.IDENTITY_FILE).orElse(data.identityFile()),
                        settings.isOn(Libp2pFlags.NEW_IDENTITY));
        return new Libp2pConfiguration(
                identity,
                settings.values(Libp2pFlags.PUBLIC_IP).stream()
                        .map(Settings.Read::value)
                        .toList(),
                !settings.isOn(Libp2pFlags.NO_NATIVE_SESSIONS));
    }

    private SourceQuotaSettings quotas(ConnectionSettings connections) {
        SourceQuotaSettings unsaid = SourceQuotaSettings.DEFAULT;
        int attempts = settings.value(NetworkFlags.MAX_CONNECTION_ATTEMPTS_PER_IP_PER_MINUTE)
                .orElse(unsaid.attemptsPerMinute());
        return new SourceQuotaSettings(
                connections.maxConnectionsPerIp(),
                settings.value(NetworkFlags.MAX_CONNECTIONS_PER_PREFIX).orElse(unsaid.openPerPrefix()),
                Math.min(attempts, SourceQuotaSettings.MOST_ATTEMPTS));
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
                settings.number(NetworkFlags.PEER_TOLERANCE, unsaid.peerTolerance()),
                settings.value(NetworkFlags.HANDSHAKE_TIMEOUT)
                        .map(Duration::ofSeconds)
                        .orElse(unsaid.handshakeTimeout()),
                settings.value(NetworkFlags.MAX_BLOCKS_SERVED_PER_MINUTE).orElse(unsaid.maxBlocksServedPerMinute()));
    }

    private RpcSettings rpc(DataDirectory data) {
        return new RpcSettings(
                settings.number(ProgramFlags.RPC_PORT, RpcSettings.DEFAULT_PORT),
                data.path(),
                !settings.isOn(ProgramFlags.DISABLE_COOKIE_HINT),
                maxNumPeers());
    }

    private int maxNumPeers() {
        return settings.number(NetworkFlags.MAX_NUM_PEERS, ConnectionSettings.DEFAULT.maxNumPeers());
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
}
