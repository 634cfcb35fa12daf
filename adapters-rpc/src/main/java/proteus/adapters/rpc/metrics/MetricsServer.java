package proteus.adapters.rpc.metrics;

import java.io.IOException;
import java.util.List;
import proteus.adapters.rpc.http.HttpLimits;
import proteus.adapters.rpc.http.HttpServer;
import proteus.application.port.Instrument;
import proteus.application.port.NodeControl;
import proteus.domain.peer.PeerAddress;

/**
 * Serves metrics and health over HTTP until it is closed: {@code /metrics}, {@code /health/live}, {@code /health/ready}.
 * Safe for use by many threads.
 *
 * <p>There is no authentication, and nothing that changes the node.
 */
public final class MetricsServer implements AutoCloseable {

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port and begins to serve.
     *
     * @param control what is asked for each answer
     * @param instruments parts of the node that are asked too; one that cannot tell is left out of an answer
     * @throws IOException if the port cannot be had
     */
    public static MetricsServer start(MetricsSettings settings, NodeControl control, List<Instrument> instruments)
            throws IOException {
        return start(settings, HttpLimits.upTo(0), control, instruments);
    }

    static MetricsServer start(
            MetricsSettings settings, HttpLimits limits, NodeControl control, List<Instrument> instruments)
            throws IOException {
        NodeMetrics metrics = new NodeMetrics(settings, control, new InstrumentMetrics(instruments));
        MetricsService service = new MetricsService(metrics, new Readiness(control));
        return new MetricsServer(HttpServer.start(settings.address(), service, limits));
    }

    /** Where it listens, with the port that was taken. */
    public PeerAddress address() {
        return server.address();
    }

    /** Accepts nothing more, gives answers that are due one second, and closes. Idempotent. */
    @Override
    public void close() {
        server.close();
    }
}
