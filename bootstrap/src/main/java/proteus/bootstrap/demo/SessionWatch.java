package proteus.bootstrap.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import proteus.application.port.NodeControl.ConnectedPeer;

/** Counts the sessions that are lost: one that is moved is still the same, and began when it began. For one thread. */
final class SessionWatch {

    private final Map<String, List<Instant>> before = new HashMap<>();
    private int lost;

    /**
     * Looks again.
     *
     * @param broken the name of the link whose session may end, since it was made bad; empty for none
     */
    void look(DemoState state, String broken) {
        for (DemoState.Link link : state.links()) {
            List<Instant> began =
                    link.sessions().stream().map(ConnectedPeer::since).toList();
            List<Instant> had = before.put(link.name(), began);
            boolean isSame = had == null || had.isEmpty() || Objects.equals(had, began) || began.containsAll(had);
            lost += isSame || link.name().equals(broken) ? 0 : 1;
        }
    }

    /** How many were. */
    int lost() {
        return lost;
    }
}
