package proteus.adapters.rpc.dashboard;

import java.io.IOException;
import java.time.InstantSource;
import proteus.adapters.rpc.http.HttpServer;
import proteus.application.port.NodeControl;
import proteus.application.port.Randomness;
import proteus.domain.peer.PeerAddress;

/**
 * Serves the dashboard over HTTP on loopback until it is closed. Safe for use by many threads.
 *
 * <p>Every user of this machine may look; who opened a {@link #link} may also set the stage.
 */
public final class DashboardServer implements AutoCloseable {

    private final HttpServer server;
    private final Feed feed;
    private final Access access;

    private DashboardServer(HttpServer server, Feed feed, Access access) {
        this.server = server;
        this.feed = feed;
        this.access = access;
    }

    /**
     * Takes the port and begins to serve.
     *
     * @param control what is shown, and gets the orders
     * @param randomness what tokens are made of
     * @throws IOException if the port cannot be had
     */
    public static DashboardServer start(DashboardSettings settings, NodeControl control, Randomness randomness)
            throws IOException {
        return start(settings, DashboardLimits.DEFAULT, control, randomness, InstantSource.system());
    }

    static DashboardServer start(
            DashboardSettings settings,
            DashboardLimits limits,
            NodeControl control,
            Randomness randomness,
            InstantSource clock)
            throws IOException {
        Access access = new Access(randomness, clock);
        Feed feed = new Feed(control, new NodeView(settings, control), clock, limits.pace(), limits.maxWatchers());
        HttpServer server =
                HttpServer.start(settings.address(), new DashboardService(control, feed, access, clock), limits.http());
        feed.start();
        return new DashboardServer(server, feed, access);
    }

    /** Where it listens, with the port that was taken. */
    public PeerAddress address() {
        return server.address();
    }

    /**
     * A fresh address for a browser: the first that opens it may give orders. What follows the {@code #} never leaves the
     * browser but to be exchanged once; it is good for an hour. Not for a log.
     */
    public String link() {
        return "http://" + address() + "/#token=" + access.token();
    }

    /** The same link again as long as it is good, and a fresh one when somebody used it, or nobody did for an hour. */
    public String link(String before) {
        return access.isUnused(before.substring(before.indexOf('=') + 1)) ? before : link();
    }

    /** Accepts nothing more, ends the streams of events, and closes. Idempotent. */
    @Override
    public void close() {
        feed.close();
        server.close();
    }
}
