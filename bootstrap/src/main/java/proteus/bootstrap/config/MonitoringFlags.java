package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.MONITORING;

import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.dashboard.DashboardSettings;
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

    static final Flag<PeerAddress> DASHBOARD = Flag.maybe(
            MONITORING,
            "dashboard",
            "IP:PORT",
            loopback(),
            "Serve the dashboard, a live page for browsers on this machine, on " + DashboardSettings.DEFAULT_ADDRESS
                    + " if no address is given. On a terminal the node prints a link at its start whose first visitor may also set the "
                    + "stage; 'proteus dashboard' prints a new one. Without this flag it is not served.");

    private MonitoringFlags() {}

    private static Kind<PeerAddress> loopback() {
        return text -> {
            PeerAddress address = Kind.ipAndPort().read(text);
            if (!DashboardSettings.isLoopback(address.ip())) {
                throw new BadValueException(
                        "'" + text + "' is not on loopback, and the dashboard is served there alone; "
                                + "from another machine it is reached through a tunnel, such as ssh -L 9795:127.0.0.1:9795");
            }
            return address;
        };
    }

    static List<Flag<?>> all() {
        return List.of(LISTEN_METRICS, DASHBOARD);
    }

    /** How metrics are served; empty if they are not. */
    static Optional<MetricsSettings> readMetrics(Settings settings) {
        if (settings.counting(LISTEN_METRICS).isEmpty()) {
            return Optional.empty();
        }
        Build build = Build.read();
        return Optional.of(new MetricsSettings(
                settings.value(LISTEN_METRICS).orElse(MetricsSettings.DEFAULT_ADDRESS),
                build.version(),
                build.commit()));
    }

    /** How the dashboard is served; empty if it is not. */
    static Optional<DashboardSettings> readDashboard(Settings settings) {
        if (settings.counting(DASHBOARD).isEmpty()) {
            return Optional.empty();
        }
        Build build = Build.read();
        return Optional.of(new DashboardSettings(
                settings.value(DASHBOARD).orElse(DashboardSettings.DEFAULT_ADDRESS), build.version(), build.commit()));
    }
}
