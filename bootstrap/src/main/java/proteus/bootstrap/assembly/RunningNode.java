package proteus.bootstrap.assembly;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.adapters.rpc.LogLevels;
import proteus.adapters.rpc.NeptuneRpcServer;
import proteus.adapters.rpc.dashboard.DashboardServer;
import proteus.adapters.rpc.http.JsonRpcServer;
import proteus.adapters.rpc.metrics.MetricsServer;
import proteus.application.chain.ChainState;
import proteus.application.mining.Mining;
import proteus.application.node.Node;
import proteus.application.port.ChainStore;
import proteus.application.port.Instrument;
import proteus.application.port.Randomness;
import proteus.application.port.StoreException;
import proteus.application.port.WorkPool;
import proteus.application.runtime.PlatformWorkPool;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.UnverifiedProofs;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerAddress;

/**
 * A node with its stores and its RPC, from its start to its end.
 *
 * <p>Parts are started in the order in which they need each other, and stopped in the reverse one, also when the start
 * fails half-way. The accessors are safe for use by many threads.
 */
public final class RunningNode implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RunningNode.class.getName());

    /** How many pieces of work may wait for each thread of the pool before who brings more has to wait. */
    private static final int QUEUED_PER_THREAD = 4;

    private final Parts parts;
    private final Node node;
    private final NeptuneRpcServer rpc;
    private final Optional<MetricsServer> metrics;
    private final Optional<DashboardServer> dashboard;

    private RunningNode(
            Parts parts,
            Node node,
            NeptuneRpcServer rpc,
            Optional<MetricsServer> metrics,
            Optional<DashboardServer> dashboard) {
        this.metrics = metrics;
        this.dashboard = dashboard;
        this.parts = parts;
        this.node = node;
        this.rpc = rpc;
    }

    /** What is to be closed, the latest first. */
    private static final class Parts {

        private final Deque<Part> started = new ArrayDeque<>();

        void add(String name, Closing closing) {
            started.push(new Part(name, closing));
        }

        /** Closes all; what fails is logged, and the store's failure told when all is closed. */
        void close() throws StoreException {
            Optional<StoreException> unstored = Optional.empty();
            while (!started.isEmpty()) {
                Part part = started.pop();
                try {
                    part.closing.close();
                } catch (StoreException failure) {
                    // No defect of ours: its message says it all.
                    LOG.log(Level.ERROR, "the {0} did not close: {1}", part.name, failure.getMessage());
                    unstored = Optional.of(failure);
                } catch (RuntimeException failure) {
                    LOG.log(Level.ERROR, () -> "the " + part.name + " did not close", failure);
                }
            }
            if (unstored.isPresent()) {
                throw unstored.get();
            }
        }
    }

    private record Part(String name, Closing closing) {}

    private interface Closing {
        void close() throws StoreException;
    }

    /**
     * Starts a node; its data directory must be there.
     *
     * @param logLevels what its RPC changes the log with
     * @param shutdown is told when an operator orders the end over RPC
     * @throws StoreException if one of its stores cannot be opened
     * @throws IOException if a port is taken, the cookie cannot be written or the identity cannot be had
     */
    public static RunningNode start(NodeConfiguration configuration, LogLevels logLevels, Shutdown shutdown)
            throws StoreException, IOException {
        Parts parts = new Parts();
        boolean complete = false;
        try {
            RunningNode running = start(configuration, logLevels, shutdown, parts);
            complete = true;
            return running;
        } finally {
            if (!complete) {
                parts.close();
            }
        }
    }

    private static RunningNode start(
            NodeConfiguration configuration, LogLevels logLevels, Shutdown shutdown, Parts parts)
            throws StoreException, IOException {
        Identity identity = Stacks.identity(configuration);
        RocksDbPeerStore store = RocksDbPeerStore.open(configuration.data().peerStore());
        parts.add("peer store", store::close);
        PlatformWorkPool workPool = workPool();
        parts.add("work pool", workPool::close);
        RocksDbChainStore chainStore =
                RocksDbChainStore.open(configuration.data().chainStore());
        parts.add("chain store", chainStore::close);
        ChainState chain = openChain(configuration.node().network(), chainStore, workPool);
        parts.add("chain", chain::close);
        NodeComponent component = DaggerNodeComponent.factory()
                .create(configuration, store, store.migration(), chain, workPool, identity, shutdown);
        parts.add("timer", component.scheduler()::close);
        Node node = component.node();
        parts.add("node", node::close);
        node.start();
        Mining mining = component.mining();
        parts.add("miner", mining::close);
        mining.start();
        Optional<DashboardServer> dashboard = startDashboard(configuration, node, component.randomness(), parts);
        NeptuneRpcServer rpc = NeptuneRpcServer.start(
                configuration.rpc(),
                node,
                chain,
                logLevels,
                component.randomness(),
                () -> dashboard.map(DashboardServer::link));
        parts.add("RPC server", rpc::close);
        LOG.log(Level.INFO, "Started RPC server on 127.0.0.1:{0}", Integer.toString(rpc.port()));
        if (configuration.jsonRpc().isPresent()) {
            JsonRpcServer jsonRpc = JsonRpcServer.start(configuration.jsonRpc().get(), node, chain);
            parts.add("JSON-RPC server", jsonRpc::close);
            LOG.log(Level.INFO, "Started HTTP-JSON RPC server on {0}.", jsonRpc.address());
        }
        Optional<MetricsServer> metrics = Optional.empty();
        if (configuration.metrics().isPresent()) {
            List<Instrument> instruments = new ArrayList<>(component.transports());
            instruments.addAll(List.of(component.inboundBudget(), workPool, store, chainStore));
            MetricsServer server = MetricsServer.start(configuration.metrics().get(), node, instruments);
            parts.add("metrics server", server::close);
            LOG.log(Level.INFO, "Started metrics and health server on {0}.", server.address());
            metrics = Optional.of(server);
        }
        return new RunningNode(parts, node, rpc, metrics, dashboard);
    }

    private static Optional<DashboardServer> startDashboard(
            NodeConfiguration configuration, Node node, Randomness randomness, Parts parts) throws IOException {
        if (configuration.dashboard().isEmpty()) {
            return Optional.empty();
        }
        DashboardServer server = DashboardServer.start(configuration.dashboard().get(), node, randomness);
        parts.add("dashboard", server::close);
        LOG.log(Level.INFO, "Started the dashboard on {0}.", server.address());
        return Optional.of(server);
    }

    /** As many threads as there are cores, two at least: one long piece of work must not hold up all others. */
    private static PlatformWorkPool workPool() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new PlatformWorkPool("work-", threads, QUEUED_PER_THREAD * threads);
    }

    private static ChainState openChain(Network network, ChainStore store, WorkPool workPool) throws StoreException {
        // A network with real proofs is only started on by an operator who accepts that they are not verified.
        BlockValidation rules = new BlockValidation(network, new UnverifiedProofs());
        return ChainState.open(network, store, rules, workPool, InstantSource.system());
    }

    /** The node itself. */
    public Node node() {
        return node;
    }

    /** The port of its RPC on 127.0.0.1. */
    public int rpcPort() {
        return rpc.port();
    }

    /** Where its metrics and health are served; empty if they are not. */
    public Optional<PeerAddress> metricsAddress() {
        return metrics.map(MetricsServer::address);
    }

    /** A fresh link to its dashboard, for one browser; empty if it is not served. Not for a log. */
    public Optional<String> dashboardLink() {
        return dashboard.map(DashboardServer::link);
    }

    /** Where its dashboard is served; empty if it is not. */
    public Optional<PeerAddress> dashboardAddress() {
        return dashboard.map(DashboardServer::address);
    }

    /** The same link again as long as nobody used it, and it is not too old; else a fresh one. */
    public Optional<String> dashboardLink(String before) {
        return dashboard.map(server -> server.link(before));
    }

    /**
     * Stops the node: answers that are due go out, every peer gets a {@code Bye}, and what is known is stored.
     *
     * @throws StoreException if the store could not write all of it; everything is closed all the same
     */
    @Override
    public void close() throws StoreException {
        parts.close();
    }
}
