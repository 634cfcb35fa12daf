package proteus.bootstrap.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.bootstrap.assembly.RunningNode;
import proteus.domain.peer.InstanceId;

/** What the nodes of a demo do at one moment, as lines of text. */
final class DemoTable {

    private static final String ROW = "%-4s %-4s %-24s %-4s %-9s %11s %19s %9s %7s %6s";

    private final DemoNetwork network;
    private final Map<InstanceId, String> names = new HashMap<>();

    DemoTable(DemoNetwork network) {
        this.network = network;
        int number = 0;
        for (RunningNode running : network.nodes()) {
            number++;
            names.put(running.node().ownInstanceId(), "P" + number);
        }
    }

    /** Who the nodes are; this does not change. */
    List<String> nodes() {
        List<String> lines = new ArrayList<>();
        for (RunningNode running : network.nodes()) {
            String listening = running.node().listening().stream()
                    .map(endpoint -> endpoint.address().toString())
                    .findFirst()
                    .orElse("nowhere");
            lines.add("%-3s listens at %s, neptune-cli --port %d, instance %.8s…"
                    .formatted(
                            name(running),
                            listening,
                            running.rpcPort(),
                            running.node().ownInstanceId()));
        }
        return lines;
    }

    /** Every connection, seen from each of our nodes. */
    List<String> connections(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted(
                "NODE",
                "PEER",
                "ADDRESS",
                "DIR",
                "VERSION",
                "FRAMES i/o",
                "BYTES in/out",
                "STANDING",
                "HEIGHT",
                "SINCE"));
        for (RunningNode running : network.nodes()) {
            List<ConnectedPeer> peers = running.node().peers();
            if (peers.isEmpty()) {
                lines.add("%-4s nobody yet".formatted(name(running)));
            }
            peers.forEach(peer -> lines.add(row(name(running), peer, now)));
        }
        return lines;
    }

    private String row(String node, ConnectedPeer peer, Instant now) {
        PeerConnection.Description connection = peer.connection();
        PeerConnection.Traffic traffic = peer.traffic();
        return ROW.formatted(
                node,
                names.getOrDefault(connection.handshake().instanceId(), "?"),
                connection.address(),
                connection.direction() == Direction.INBOUND ? "in" : "out",
                printable(connection.handshake().version()),
                traffic.framesIn() + "/" + traffic.framesOut(),
                size(traffic.bytesIn()) + "/" + size(traffic.bytesOut()),
                peer.standing().scoreAt(now),
                Long.toUnsignedString(peer.height()),
                Math.max(0, Duration.between(peer.since(), now).toSeconds()) + " s");
    }

    /** One line that says how far the nodes are. */
    String summary() {
        long connections = network.nodes().stream()
                .mapToLong(running -> running.node().peers().size())
                .sum();
        return network.isComplete()
                ? "Every node is connected to every other"
                        + (network.joined().isEmpty() ? "." : ", and all to " + network.joined() + ".")
                : "Not complete yet: " + connections + " ends of connections.";
    }

    private String name(RunningNode running) {
        return names.getOrDefault(running.node().ownInstanceId(), "?");
    }

    /** A peer chooses its version's text; only what belongs into one is shown. */
    private static String printable(String version) {
        String plain = version.replaceAll("[^0-9A-Za-z.+-]", "?");
        return plain.length() > 9 ? plain.substring(0, 8) + "…" : plain;
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
