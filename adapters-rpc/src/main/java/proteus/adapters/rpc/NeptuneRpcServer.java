package proteus.adapters.rpc;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import proteus.application.chain.ChainState;
import proteus.application.port.NodeControl;
import proteus.application.port.Randomness;

/**
 * Serves the RPC of {@code neptune-cli} and {@code neptune-dashboard} on 127.0.0.1, from its start until it is closed.
 *
 * <p>A request may have at most 1 MiB. At most 5 connections from one address and 10 in all are kept, further ones are
 * closed; a new one has 10 s for its first request, and 10 minutes for each that follows. Safe for use by many threads.
 */
public final class NeptuneRpcServer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(NeptuneRpcServer.class.getName());

    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final RpcLimits limits;
    private final ClientMessageParser parser;
    private final MethodCaller caller;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Thread acceptor = Thread.ofVirtual().name("rpc-listener").unstarted(this::acceptAll);

    /** The connections and the threads that serve them; guarded by itself. */
    private final Map<RpcConnection, Client> clients = new HashMap<>();

    private record Client(InetAddress ip, Thread thread) {}

    private NeptuneRpcServer(ServerSocket listener, RpcLimits limits, MethodCaller caller) {
        this.listener = listener;
        this.limits = limits;
        this.parser = new ClientMessageParser(limits.maxRequestBytes());
        this.caller = caller;
        this.watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("rpc-watchdog").daemon().factory());
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Takes the port, writes a new cookie over an earlier one, and begins to serve, in this order: a client that is
     * answered finds the right cookie, and a port that is taken leaves another node's cookie alone.
     *
     * @param control what the methods ask and order
     * @param chain what the methods about blocks read
     * @param logLevels what {@code SetLogLevel} changes
     * @param randomness where the cookie comes from
     * @param dashboard what {@code DashboardLink} asks
     * @throws IOException if the port is taken or the cookie cannot be written
     */
    public static NeptuneRpcServer start(
            RpcSettings settings,
            NodeControl control,
            ChainState chain,
            LogLevels logLevels,
            Randomness randomness,
            DashboardLinks dashboard)
            throws IOException {
        return start(settings, RpcLimits.DEFAULT, control, chain, logLevels, randomness, dashboard);
    }

    static NeptuneRpcServer start(
            RpcSettings settings,
            RpcLimits limits,
            NodeControl control,
            ChainState chain,
            LogLevels logLevels,
            Randomness randomness,
            DashboardLinks dashboard)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), settings.port()));
            RpcCookie cookie = RpcCookie.draw(randomness);
            cookie.write(settings.dataDirectory(), randomness);
            MethodTable methods = methods(settings, control, chain, logLevels, dashboard);
            MethodCaller caller = new MethodCaller(methods, cookie, limits.maxAnswerBytes());
            NeptuneRpcServer server = new NeptuneRpcServer(listener, limits, caller);
            server.acceptor.start();
            return server;
        } catch (IOException | RuntimeException failure) {
            listener.close();
            throw failure;
        }
    }

    private static MethodTable methods(
            RpcSettings settings,
            NodeControl control,
            ChainState chain,
            LogLevels logLevels,
            DashboardLinks dashboard) {
        MethodTable methods = MethodTable.ofUnsupported();
        new NodeMethods(settings, control, logLevels).addTo(methods);
        new PeerMethods(control).addTo(methods);
        new ChainMethods(chain).addTo(methods);
        new ChainStatisticsMethods(chain).addTo(methods);
        new OutputMethods(chain).addTo(methods);
        new EmptyMethods().addTo(methods);
        new MiningMethods(control.mining()).addTo(methods);
        new MigrationMethods(control).addTo(methods);
        new DashboardMethods(dashboard).addTo(methods);
        new StatusMethods(control, chain).addTo(methods);
        new OverviewMethods(control, chain, settings.maxPeers()).addTo(methods);
        return methods;
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException failure) {
                if (!listener.isClosed()) {
                    LOGGER.log(Level.WARNING, "cannot accept an RPC connection: {0}", failure.getMessage());
                    // Most likely there are no file descriptors left, and trying at once would only burn time.
                    LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        InetAddress ip = socket.getInetAddress();
        FrameStream frames = new FrameStream(socket, limits.stream(), watchdog);
        RpcConnection connection = new RpcConnection(frames, parser, caller, limits);
        synchronized (clients) {
            boolean full = clients.size() >= limits.maxConnections() || countFrom(ip) >= limits.maxConnectionsPerIp();
            if (full || listener.isClosed()) {
                connection.abort();
                return;
            }
            Thread thread = Thread.ofVirtual().name("rpc-connection").unstarted(() -> serve(connection));
            clients.put(connection, new Client(ip, thread));
            thread.start();
        }
    }

    private long countFrom(InetAddress ip) {
        return clients.values().stream().filter(client -> client.ip.equals(ip)).count();
    }

    private void serve(RpcConnection connection) {
        try {
            connection.run();
        } finally {
            synchronized (clients) {
                clients.remove(connection);
            }
        }
    }

    /** Accepts nothing more, gives answers that are due one second, and closes. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            LOGGER.log(Level.WARNING, "cannot close the RPC port: {0}", failure.getMessage());
        }
        Map<RpcConnection, Client> last;
        synchronized (clients) {
            last = Map.copyOf(clients);
        }
        last.keySet().forEach(RpcConnection::finish);
        awaitEndOf(last);
        last.keySet().forEach(RpcConnection::abort);
        watchdog.shutdownNow();
    }

    private void awaitEndOf(Map<RpcConnection, Client> last) {
        long start = System.nanoTime();
        try {
            // A port is free when nobody waits at it any more.
            acceptor.join(CLOSING_TIME);
            for (Client client : last.values()) {
                client.thread.join(CLOSING_TIME.minusNanos(System.nanoTime() - start));
            }
        } catch (InterruptedException _) {
            // Whoever closes is in a hurry: the connections are closed all the same.
            Thread.currentThread().interrupt();
        }
    }
}
