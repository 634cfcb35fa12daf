package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proteus.application.port.NodeControl.ConnectedPeer;

/** The sessions between nodes at one moment: they are to be the same later, whatever carries them. */
final class KeptSessions {

    private final List<DrillNode> nodes;
    private final Map<String, Instant> before;

    private KeptSessions(List<DrillNode> nodes) {
        this.nodes = List.copyOf(nodes);
        before = since(nodes);
    }

    /** Those that there are now. */
    static KeptSessions of(List<DrillNode> nodes) {
        return new KeptSessions(nodes);
    }

    private static Map<String, Instant> since(List<DrillNode> nodes) {
        Map<String, Instant> since = new LinkedHashMap<>();
        for (DrillNode node : nodes) {
            for (DrillNode other : nodes) {
                node.session(other.instance())
                        .map(ConnectedPeer::since)
                        .ifPresent(began -> since.put(node + " with " + other, began));
            }
        }
        return since;
    }

    /** None was lost, none began anew, and nobody was punished. */
    void assertKept() {
        assertThat(since(nodes)).isEqualTo(before);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.node().peers())
                        .allMatch(peer -> peer.standing().scoreAt(Instant.now()) >= 0));
    }
}
