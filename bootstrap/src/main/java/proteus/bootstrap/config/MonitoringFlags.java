package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.MONITORING;

import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.metrics.MetricsSettings;
import proteus.domain.peer.PeerAddress;

/** The flags for who watches nodes. */
final class MonitoringFlags {

    static final Flag<PeerAddress> LISTEN_METRICS = Flag.maybe(
            MONITORING,
            "listen-metrics",
            "IP:PORT",
            Kind.ipAndPort(),
            "Serve metrics for Prometheus and the node's health over HTTP to everybody who can connect, on "
                    + MetricsSettings.DEFAULT_ADDRESS
                    + " if no address is given. Without this flag they are not served.");

    private MonitoringFlags() {}

    static List<Flag<?>> all() {
        return List.of(LISTEN_METRICS);
    }

    /** How metrics are served; empty if they are not. */
    static Optional<MetricsSettings> read(Settings settings) {
        if (settings.counting(LISTEN_METRICS).isEmpty()) {
            return Optional.empty();
        }
        Build build = Build.read();
        return Optional.of(new MetricsSettings(
                settings.value(LISTEN_METRICS).orElse(MetricsSettings.DEFAULT_ADDRESS),
                build.version(),
                build.commit()));
    }
}
