package proteus.bootstrap.demo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.InstanceId;

/**
 * What the nodes of a demo say at one moment.
 *
 * @param nodes one for each role, in their order
 * @param joined the nodes elsewhere that are to be joined
 */
record DemoState(List<OfNode> nodes, List<PeerTarget> joined) {

    DemoState {
        nodes = List.copyOf(nodes);
        joined = List.copyOf(joined);
    }

    /**
     * What one node says.
     *
     * @param instance its id
     * @param listening where it takes connections
     * @param rpcPort where it serves neptune-cli
     * @param peers who is connected
     * @param chain how far its chain is
     */
    record OfNode(
            Role role,
            InstanceId instance,
            List<PeerEndpoint> listening,
            int rpcPort,
            List<ConnectedPeer> peers,
            Chain chain) {

        OfNode {
            listening = List.copyOf(listening);
            peers = List.copyOf(peers);
        }
    }

    /**
     * How far the chain of a node is.
     *
     * @param height of its tip
     * @param tip the hash of its tip
     * @param mined how many blocks it mined
     * @param delay how long blocks of others took to it
     */
    record Chain(BlockHeight height, Digest tip, int mined, Optional<Propagation.Delay> delay) {}

    /** Whom the nodes may be connected to: each other, then those elsewhere. */
    List<Party> parties() {
        Stream<Party> ours = nodes.stream().map(node -> new Party.Ours(node.role()));
        Stream<Party> elsewhere =
                IntStream.range(0, joined.size()).mapToObj(i -> new Party.Elsewhere(i + 1, joined.get(i)));
        return Stream.concat(ours, elsewhere).toList();
    }

    /** Who a peer of a node is; empty if it is somebody else. */
    Optional<Party> partyOf(ConnectedPeer peer) {
        return parties().stream()
                .filter(party -> instances(party).contains(instance(peer)))
                .findFirst();
    }

    /** What is between a node and a party. */
    Relation relation(OfNode node, Party party) {
        if (party.equals(new Party.Ours(node.role()))) {
            return new Relation.Itself();
        }
        Set<InstanceId> instances = instances(party);
        List<ConnectedPeer> connections = node.peers().stream()
                .filter(peer -> instances.contains(instance(peer)))
                .toList();
        if (!connections.isEmpty()) {
            return new Relation.Connected(connections);
        }
        boolean isPossible = switch (party) {
            case Party.Ours(Role role) -> node.role().hasInCommonWith(role);
            case Party.Elsewhere(int _, PeerTarget target) ->
                spokenAt(target).anyMatch(carrier -> node.role().has(carrier.stack()));
        };
        return isPossible ? new Relation.Awaited() : new Relation.NoSharedStack();
    }

    /** By its id, since two targets may be one node, which takes only one connection of each peer. */
    private Set<InstanceId> instances(Party party) {
        return switch (party) {
            case Party.Ours(Role role) ->
                nodes.stream()
                        .filter(node -> node.role() == role)
                        .map(OfNode::instance)
                        .collect(Collectors.toUnmodifiableSet());
            case Party.Elsewhere(int _, PeerTarget target) ->
                peersAt(target).map(DemoState::instance).collect(Collectors.toUnmodifiableSet());
        };
    }

    private static InstanceId instance(ConnectedPeer peer) {
        return peer.connection().handshake().instanceId();
    }

    /** Whoever dialled: a node may dial from the port at which it listens. */
    private Stream<ConnectedPeer> peersAt(PeerTarget target) {
        return nodes.stream().flatMap(node -> node.peers().stream()).filter(peer -> {
            Description connection = peer.connection();
            return connection.address().equals(target.address())
                    && target.protocol().carriers().contains(connection.carrier());
        });
    }

    /** What carries sessions there, or as long as nobody is connected, what may. */
    private Stream<Carrier> spokenAt(PeerTarget target) {
        List<Carrier> seen =
                peersAt(target).map(peer -> peer.connection().carrier()).toList();
        return (seen.isEmpty() ? target.protocol().carriers() : seen).stream();
    }

    /** Whether all that have a stack in common are connected, and all nodes have the same tip. */
    boolean isComplete() {
        return awaited().isEmpty() && haveSameTip();
    }

    /** Whether all nodes have the same tip. */
    boolean haveSameTip() {
        return nodes.stream().map(node -> node.chain().tip()).distinct().count() <= 1;
    }

    /** Who is to be connected and is not, such as {@code P1-P3}. */
    List<String> awaited() {
        return pairs(relation -> relation instanceof Relation.Awaited);
    }

    /** Who cannot be connected. */
    List<String> apart() {
        return pairs(relation -> relation instanceof Relation.NoSharedStack);
    }

    private List<String> pairs(Predicate<Relation> wanted) {
        return nodes.stream()
                .flatMap(node -> parties().stream()
                        .filter(party -> wanted.test(relation(node, party)))
                        .map(party -> pair(node.role(), party)))
                .distinct()
                .toList();
    }

    /** The same text whichever of two nodes of the demo says it. */
    private static String pair(Role role, Party party) {
        return party instanceof Party.Ours(Role other) && other.compareTo(role) < 0
                ? other + "-" + role
                : role + "-" + party.name();
    }
}
