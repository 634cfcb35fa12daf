package proteus.adapters.rpc.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import proteus.application.chain.ChainState;
import proteus.application.port.NodeControl;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * Serves JSON-RPC over HTTP until it is closed. Safe for use by many threads.
 *
 * <p>There is no authentication: whoever reaches the port may call. HTTP is spoken here as far as JSON-RPC needs it, so that
 * every step of a client has its limit. Source: neptune-cash 0.19.4, {@code http.rs}.
 */
public final class JsonRpcServer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(JsonRpcServer.class.getName());
    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final CallerCheck check;
    private final JsonRpcCaller caller;
    private final JsonRpcLimits limits;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Thread acceptor = Thread.ofVirtual().name("json-rpc-acceptor").unstarted(this::acceptAll);

    /** The connections that are open, and who serves them. */
    private final Map<HttpConnection, Thread> clients = new HashMap<>();

    private JsonRpcServer(ServerSocket listener, JsonRpcCaller caller, JsonRpcLimits limits) {
        this.listener = listener;
        this.check = new CallerCheck(listener.getInetAddress().isLoopbackAddress());
        this.caller = caller;
        this.limits = limits;
        this.watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("json-rpc-watchdog").daemon().factory());
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Takes the port and begins to serve.
     *
     * @param control what the methods about the node ask and order
     * @param chain what the methods about blocks read
     * @throws IOException if the port cannot be had
     */
    public static JsonRpcServer start(JsonRpcSettings settings, NodeControl control, ChainState chain)
            throws IOException {
        return start(settings, JsonRpcLimits.DEFAULT, control, chain);
    }

    static JsonRpcServer start(JsonRpcSettings settings, JsonRpcLimits limits, NodeControl control, ChainState chain)
            throws IOException {
        InetAddress address = InetAddress.ofLiteral(settings.address().ip().toString());
        JsonRpcCaller caller = new JsonRpcCaller(methods(settings, limits, control, chain), limits);
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(address, settings.address().port()));
        } catch (IOException failure) {
            listener.close();
            throw new IOException(
                    "cannot listen for JSON-RPC on " + settings.address() + ": " + failure.getMessage(), failure);
        }
        if (!address.isLoopbackAddress()) {
            LOGGER.log(
                    Level.WARNING,
                    "JSON-RPC listens on {0}: everybody who reaches it may call, for there is no authentication",
                    settings.address());
        }
        JsonRpcServer server = new JsonRpcServer(listener, caller, limits);
        server.acceptor.start();
        return server;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException failure) {
                if (!listener.isClosed()) {
                    LOGGER.log(Level.WARNING, "cannot accept a JSON-RPC connection: {0}", failure.getMessage());
                    // Most likely there are no file descriptors left, and trying at once would only burn time.
                    LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        HttpConnection connection = new HttpConnection(socket, check, caller, limits, watchdog);
        synchronized (clients) {
            if (clients.size() < limits.maxConnections() && !listener.isClosed()) {
                Thread thread = Thread.ofVirtual().name("json-rpc-connection").unstarted(() -> serve(connection));
                clients.put(connection, thread);
                thread.start();
                return;
            }
        }
        // Fits into any socket's buffer, so that this does not wait.
        try (socket) {
            HttpAnswer.refuse(socket.getOutputStream(), HttpStatus.UNAVAILABLE);
        }
    }

    private void serve(HttpConnection connection) {
        try {
            connection.run();
        } finally {
            synchronized (clients) {
                clients.remove(connection);
            }
        }
    }

    private static JsonRpcMethods methods(
            JsonRpcSettings settings, JsonRpcLimits limits, NodeControl control, ChainState chain) {
        JsonRpcMethods methods = new JsonRpcMethods();
        for (RpcModule module : served(settings)) {
            switch (module) {
                case NODE -> new TipNamespaces(control, chain).addNodeTo(methods);
                case CHAIN -> new TipNamespaces(control, chain).addChainTo(methods);
                case NETWORK -> new NetworkNamespace(control, settings).addTo(methods);
                case ARCHIVAL -> {
                    new ArchivalNamespace(chain).addTo(methods);
                    Turns turns = new Turns(limits.maxSearches(), limits.search());
                    new ArchivalSearches(chain, settings.unrestricted(), turns).addTo(methods);
                }
                case MINING, MEMPOOL, WALLET, PERSONAL, UTXOINDEX ->
                    throw new IllegalStateException("no method of " + module.id());
            }
        }
        return methods;
    }

    private static Set<RpcModule> served(JsonRpcSettings settings) {
        Set<RpcModule> served = EnumSet.noneOf(RpcModule.class);
        for (RpcModule module : settings.modules()) {
            if (module.isServed()) {
                served.add(module);
            } else {
                LOGGER.log(
                        Level.ERROR,
                        "This node has nothing to serve for the RPC module ''{0}'', which is left out.",
                        module.id());
            }
        }
        if (served.contains(RpcModule.NETWORK) && !settings.unrestricted()) {
            LOGGER.log(
                    Level.WARNING,
                    "The RPC module network answers every call with RestrictedAccess without --unsafe-rpc.");
        }
        return served;
    }

    /** Where it listens, with the port that was taken. */
    public PeerAddress address() {
        return new PeerAddress(IpAddress.of(listener.getInetAddress().getAddress()), listener.getLocalPort());
    }

    /** Accepts nothing more, gives answers that are due one second, and closes. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            LOGGER.log(Level.WARNING, "cannot close the JSON-RPC port: {0}", failure.getMessage());
        }
        Map<HttpConnection, Thread> last;
        synchronized (clients) {
            last = Map.copyOf(clients);
        }
        last.keySet().forEach(HttpConnection::finish);
        awaitEndOf(last);
        last.keySet().forEach(HttpConnection::abort);
        watchdog.shutdownNow();
    }

    private void awaitEndOf(Map<HttpConnection, Thread> last) {
        long start = System.nanoTime();
        try {
            // A port is free when nobody waits at it any more.
            acceptor.join(CLOSING_TIME);
            for (Thread thread : last.values()) {
                thread.join(CLOSING_TIME.minusNanos(System.nanoTime() - start));
            }
        } catch (InterruptedException _) {
            // Whoever closes is in a hurry: the connections are closed all the same.
            Thread.currentThread().interrupt();
        }
    }
}
