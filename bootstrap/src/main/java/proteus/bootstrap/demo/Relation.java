package proteus.bootstrap.demo;

import java.util.List;
import proteus.application.port.NodeControl.ConnectedPeer;

/** What is between a node of a demo and a party, as that node sees it. */
sealed interface Relation {

    /** What connects them. */
    default List<ConnectedPeer> connections() {
        return List.of();
    }

    /** They are the same. */
    record Itself() implements Relation {}

    /** They are to be connected, and are not. */
    record Awaited() implements Relation {}

    /**
     * They are connected.
     *
     * @param connections by what; one, if all is well
     */
    record Connected(List<ConnectedPeer> connections) implements Relation {}
}
