package proteus.bootstrap.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget.Protocol;
import proteus.bootstrap.demo.Columns.Column;

/** What the nodes of a demo do at one moment, as lines of text of at most {@value #WIDTH} characters. */
final class DemoTable {

    /** The most characters of a line. */
    static final int WIDTH = 120;

    private static final int ENDPOINT = 16;

    private static final Columns NODES = Columns.of(
            Column.left("NODE", 4),
            Column.left("STACKS", 15),
            Column.left("LEGACY AT", ENDPOINT),
            Column.left("LIBP2P TCP AT", ENDPOINT),
            Column.left("LIBP2P QUIC AT", ENDPOINT),
            Column.left("NEPTUNE-CLI", 12),
            Column.left("INSTANCE", 9));

    private final DemoState state;

    DemoTable(DemoState state) {
        this.state = state;
    }

    /** Who the nodes are; this does not change. */
    List<String> nodes() {
        return Stream.concat(Stream.of(NODES.titles()), state.nodes().stream().map(DemoTable::node))
                .toList();
    }

    private static String node(DemoState.OfNode node) {
        return NODES.line(List.of(
                node.role().name(),
                Role.stacks(),
                listening(node, Carrier.LEGACY_TCP),
                listening(node, Carrier.LIBP2P_TCP),
                listening(node, Carrier.LIBP2P_QUIC),
                "--port " + node.rpcPort(),
                node.instance().toHex()));
    }

    private static String listening(DemoState.OfNode node, Carrier carrier) {
        return node.listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .map(PeerEndpoint::address)
                .map(Object::toString)
                .findFirst()
                .orElse("-");
    }

    /** Who speaks what with whom, then whom the nodes join. */
    List<String> matrix() {
        List<Party> parties = state.parties();
        List<Column> columns = new ArrayList<>(List.of(Column.left("", 4)));
        parties.forEach(party -> columns.add(Column.left(party.name(), 9)));
        Columns matrix = new Columns(columns);
        List<String> lines = new ArrayList<>(List.of(matrix.titles()));
        for (DemoState.OfNode node : state.nodes()) {
            lines.add(matrix.line(Stream.concat(
                            Stream.of(node.role().name()),
                            parties.stream().map(party -> cell(state.relation(node, party))))
                    .toList()));
        }
        parties.stream()
                .flatMap(party -> party instanceof Party.Elsewhere elsewhere ? Stream.of(elsewhere) : Stream.empty())
                .forEach(elsewhere -> lines.add(description(elsewhere)));
        return lines;
    }

    private static String cell(Relation relation) {
        return switch (relation) {
            case Relation.Itself() -> ".";
            case Relation.Awaited() -> "not yet";
            case Relation.Connected(List<ConnectedPeer> connections) ->
                connections.stream().map(ConnectionTable::over).collect(Collectors.joining(","));
        };
    }

    private static String description(Party.Elsewhere elsewhere) {
        Protocol protocol = elsewhere.target().protocol();
        String what = switch (protocol) {
            case LEGACY -> "legacy";
            case LIBP2P -> "libp2p over TCP";
            case QUIC -> "libp2p over QUIC";
            case EITHER -> "libp2p over TCP or legacy";
        };
        return elsewhere.name() + " is " + elsewhere.target().address() + ", " + what;
    }

    /** One line that says how far the nodes are. */
    String summary() {
        String text;
        if (state.isComplete()) {
            text = "All are connected with all, and all tips are the same.";
        } else if (state.awaited().isEmpty()) {
            text = "The nodes have not all the same tip yet.";
        } else {
            text = "Still to be connected: " + String.join(", ", state.awaited()) + ".";
        }
        return cut(text);
    }

    /** The text, or what fits of it into a line. */
    static String cut(String text) {
        return text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
    }
}
