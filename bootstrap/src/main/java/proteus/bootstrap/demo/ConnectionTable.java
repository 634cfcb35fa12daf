package proteus.bootstrap.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.application.port.Direction;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.bootstrap.demo.Columns.Column;

/** The connections of a demo's nodes at one moment, as lines of text. */
final class ConnectionTable {

    private static final Columns COLUMNS = Columns.of(
            Column.left("NODE", 4),
            Column.left("DIR", 3),
            Column.left("PEER", 4),
            Column.left("ADDRESS", 15),
            Column.left("OVER", 8),
            Column.left("VERSION", 7),
            Column.right("BYTES in/out", 17),
            Column.right("STANDING", 8),
            Column.right("SINCE", 6),
            Column.left("MIGRATION", 39));

    private final DemoState state;
    private final Instant now;

    ConnectionTable(DemoState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** Every connection once: one between two nodes of the demo as the one sees it that dialled. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(COLUMNS.titles()));
        boolean contested = false;
        for (DemoState.OfNode node : state.nodes()) {
            for (ConnectedPeer peer : node.peers()) {
                Optional<ConnectedPeer> otherEnd = otherEnd(node, peer);
                if (peer.connection().direction() == Direction.OUTBOUND || otherEnd.isEmpty()) {
                    lines.add(line(node, peer, otherEnd));
                    contested |= peer.contested();
                }
            }
        }
        if (lines.size() == 1) {
            lines.add("nobody is connected yet");
        }
        if (contested) {
            lines.add("! claims the instance id of another peer that is connected");
        }
        return lines;
    }

    /** What a node of the demo says of the same connection, if there is one at the other end. */
    private Optional<ConnectedPeer> otherEnd(DemoState.OfNode node, ConnectedPeer peer) {
        PeerConnection.Description connection = peer.connection();
        return state.nodes().stream()
                .filter(other -> other.instance().equals(connection.handshake().instanceId()))
                .flatMap(other -> other.peers().stream())
                .filter(theirs -> theirs.connection().handshake().instanceId().equals(node.instance()))
                .filter(theirs -> theirs.connection().carrier() == connection.carrier()
                        && theirs.connection().direction() != connection.direction())
                .findFirst();
    }

    private String line(DemoState.OfNode node, ConnectedPeer peer, Optional<ConnectedPeer> otherEnd) {
        PeerConnection.Description connection = peer.connection();
        PeerConnection.Traffic traffic = peer.traffic();
        String standings = Stream.concat(Stream.of(peer), otherEnd.stream())
                .map(end -> Integer.toString(end.standing().scoreAt(now)))
                .reduce((own, theirs) -> own + "/" + theirs)
                .orElseThrow();
        return COLUMNS.line(List.of(
                node.role().name(),
                connection.direction() == Direction.INBOUND ? "in" : "out",
                state.partyOf(peer).map(Party::name).orElse("?") + (peer.contested() ? "!" : ""),
                connection.address().toString(),
                over(peer),
                printable(connection.handshake().version()),
                size(traffic.bytesIn()) + "/" + size(traffic.bytesOut()),
                standings,
                age(Duration.between(peer.since(), now)),
                migration(node, peer)));
    }

    /** What that node makes of the peer, and for how long the last move made it unreachable. */
    private static String migration(DemoState.OfNode node, ConnectedPeer peer) {
        PeerConnection.Description connection = peer.connection();
        Optional<PeerStatus> status = node.migration().peers().stream()
                .filter(it -> it.address().equals(connection.address()) && it.carrier() == connection.carrier())
                .findFirst();
        Optional<Duration> gap = status.flatMap(it -> node.migration().moves().reversed().stream()
                .filter(moved -> moved.peer().equals(it.key()))
                .findFirst()
                .flatMap(JournalEntry.Moved::gap));
        return status.map(PeerStatus::state).orElse("-")
                + gap.map(time -> "; gap " + Moves.text(time)).orElse("");
    }

    /** What carries a session, such as {@code legacy}, {@code tcp+tls} or {@code quic}. */
    static String over(ConnectedPeer peer) {
        return switch (peer.connection().carrier()) {
            case LEGACY_TCP -> "legacy";
            case LIBP2P_TCP ->
                "tcp"
                        + peer.layers()
                                .security()
                                .map(id -> "+" + id.replaceFirst("^/([^/]*).*", "$1"))
                                .orElse("");
            case LIBP2P_QUIC -> "quic";
        };
    }

    /** A peer chooses its version's text; only what belongs into one is shown. */
    private static String printable(String version) {
        return version.replaceAll("[^0-9A-Za-z.+-]", "?");
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String age(Duration age) {
        return age.compareTo(Duration.ofMinutes(10)) < 0
                ? Math.max(0, age.toSeconds()) + " s"
                : age.toMinutes() + " min";
    }
}
