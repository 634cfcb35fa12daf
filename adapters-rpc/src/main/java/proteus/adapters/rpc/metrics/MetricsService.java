package proteus.adapters.rpc.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpRequest;
import proteus.adapters.rpc.http.HttpService;
import proteus.adapters.rpc.http.HttpStatus;

/** Metrics and health as answers to {@code GET}. Safe for use by many threads. */
final class MetricsService implements HttpService {

    private static final System.Logger LOGGER = System.getLogger(MetricsService.class.getName());
    private static final String METRICS = "/metrics";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";
    private static final Set<String> PATHS = Set.of(METRICS, LIVE, READY);

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final NodeMetrics metrics;
    private final Readiness readiness;

    MetricsService(NodeMetrics metrics, Readiness readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public Set<String> methods(String path) {
        return PATHS.contains(path) ? Set.of("GET") : Set.of();
    }

    @Override
    public String hint() {
        return "Served here: GET " + METRICS + ", GET " + LIVE + ", GET " + READY + "\n";
    }

    @Override
    public HttpReply answer(HttpRequest request) {
        String path = request.path();
        try {
            return switch (path) {
                case METRICS -> metrics();
                case READY -> ready();
                default -> HttpReply.text(HttpStatus.OK, "alive\n");
            };
        } catch (RuntimeException fault) {
            LOGGER.log(Level.ERROR, "cannot tell what is asked for at " + path, fault);
            return HttpReply.text(HttpStatus.UNAVAILABLE, "This failed; the node's log says why.\n");
        }
    }

    private HttpReply metrics() {
        // Collected before the head of the answer goes out, for that says whether it went well.
        MetricSnapshots snapshots = metrics.collect();
        return new HttpReply(HttpStatus.OK, writer.getContentType(), out -> writer.write(out, snapshots));
    }

    private HttpReply ready() {
        List<String> reasons = readiness.reasonsAgainst();
        return reasons.isEmpty()
                ? HttpReply.text(HttpStatus.OK, "ready\n")
                : HttpReply.text(HttpStatus.UNAVAILABLE, "not ready\n" + String.join("\n", reasons) + "\n");
    }

    @Override
    public HttpReply tooLong(String path, long length) {
        return HttpReply.text(HttpStatus.BODY_TOO_LARGE, "A request for this has no body.\n");
    }
}
