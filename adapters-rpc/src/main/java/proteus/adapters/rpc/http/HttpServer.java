package proteus.adapters.rpc.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * Serves one service over HTTP until it is closed. Safe for use by many threads.
 *
 * <p>There is no authentication: whoever reaches the port may call. HTTP is spoken here as far as such services need it, so
 * that every step of a client has its limit.
 */
public final class HttpServer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(HttpServer.class.getName());
    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final CallerCheck check;
    private final HttpService service;
    private final HttpLimits limits;
    private final String threadName;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Thread acceptor;

    /** The connections that are open, and who serves them. */
    private final Map<HttpConnection, Thread> clients = new HashMap<>();

    private HttpServer(ServerSocket listener, HttpService service, HttpLimits limits) {
        this.listener = listener;
        this.check = new CallerCheck(listener.getInetAddress().isLoopbackAddress());
        this.service = service;
        this.limits = limits;
        this.threadName = service.name().toLowerCase(Locale.ROOT);
        this.acceptor = Thread.ofVirtual().name(threadName + "-acceptor").unstarted(this::acceptAll);
        this.watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(threadName + "-watchdog").daemon().factory());
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Takes the port and begins to serve.
     *
     * @param at where to listen; port 0 takes any free one
     * @throws IOException if the port cannot be had
     */
    public static HttpServer start(PeerAddress at, HttpService service, HttpLimits limits) throws IOException {
        InetAddress address = InetAddress.ofLiteral(at.ip().toString());
        ServerSocket listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(address, at.port()));
        } catch (IOException failure) {
            listener.close();
            throw new IOException(
                    "cannot listen for " + service.name() + " on " + at + ": " + failure.getMessage(), failure);
        }
        if (!address.isLoopbackAddress()) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} listens on {1}: everybody who reaches it may call, for there is no authentication",
                    service.name(),
                    at);
        }
        HttpServer server = new HttpServer(listener, service, limits);
        server.acceptor.start();
        return server;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException failure) {
                if (!listener.isClosed()) {
                    LOGGER.log(
                            Level.WARNING,
                            "cannot accept a connection of {0}: {1}",
                            service.name(),
                            failure.getMessage());
                    // Most likely there are no file descriptors left, and trying at once would only burn time.
                    LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        HttpConnection connection = new HttpConnection(socket, check, service, limits, watchdog);
        synchronized (clients) {
            if (clients.size() < limits.maxConnections() && !listener.isClosed()) {
                Thread thread =
                        Thread.ofVirtual().name(threadName + "-connection").unstarted(() -> serve(connection));
                clients.put(connection, thread);
                thread.start();
                return;
            }
        }
        // Fits into any socket's buffer, so that this does not wait.
        try (socket) {
            HttpAnswer.refuse(socket.getOutputStream(), HttpStatus.UNAVAILABLE, service);
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
            LOGGER.log(Level.WARNING, "cannot close the port of {0}: {1}", service.name(), failure.getMessage());
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
