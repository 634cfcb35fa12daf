package proteus.bootstrap.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.domain.peer.IpAddress;

/**
 * A port of loopback that stands for the same port of 127.0.0.1: what comes to it is passed on, bytes unchanged, until it is
 * cut. Safe for use by many threads; each direction of a connection has a virtual thread.
 */
final class Front implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final InetAddress source;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Front(ServerSocket server, InetAddress source) {
        this.server = server;
        this.source = source;
    }

    /**
     * Opens one.
     *
     * @param ip of this port
     * @param source the IP from which the node behind it sees all connections come
     * @throws IOException if this host has no such port
     */
    static Front open(IpAddress ip, int port, IpAddress source) throws IOException {
        ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getByName(ip.toString()));
        Front front = new Front(server, InetAddress.getByName(source.toString()));
        Thread.ofVirtual().name("demo-front").start(front::accept);
        return front;
    }

    private void accept() {
        try {
            while (true) {
                Socket dialler = server.accept();
                Thread.ofVirtual().name("demo-front").start(() -> serve(dialler));
            }
        } catch (IOException closed) {
            close();
        }
    }

    /** The end of either direction is the end of both. */
    private void serve(Socket dialler) {
        try (dialler;
                Socket listener = new Socket()) {
            open.add(dialler);
            open.add(listener);
            if (cut) {
                reset(dialler);
                return;
            }
            listener.bind(new InetSocketAddress(source, 0));
            listener.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            Thread back = Thread.ofVirtual().name("demo-front").start(() -> passOn(listener, dialler));
            passOn(dialler, listener);
            back.join();
            open.remove(listener);
        } catch (IOException ended) {
            // Both ends see a closed connection, which is all that a network tells them.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(dialler);
        }
    }

    private static void passOn(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Closing both is all that can be done about it.
        }
    }

    /** From now on all connections are reset, those that are there and those to come. */
    void cut() {
        cut = true;
        open.forEach(Front::reset);
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Which it is to be.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException closed) {
            // Which it is to be.
        }
    }
}
