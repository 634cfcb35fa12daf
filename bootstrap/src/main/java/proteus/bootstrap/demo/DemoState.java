package proteus.bootstrap.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.InstanceId;

/**
 * What the nodes of a demo say at one moment.
 *
 * @param nodes one for each role, in their order
 * @param joined the nodes elsewhere that are to be joined
 * @param met the ids of those that were seen at the addresses of {@code joined}, which they keep on another stack
 */
record DemoState(List<OfNode> nodes, List<PeerTarget> joined, Map<PeerTarget, Set<InstanceId>> met) {

    DemoState {
        nodes = List.copyOf(nodes);
        joined = List.copyOf(joined);
        met = Map.copyOf(met);
    }

    /**
     * What one node says.
     *
     * @param instance its id
     * @param listening where it takes connections
     * @param rpcPort where it serves neptune-cli
     * @param peers who is connected
     * @param chain how far its chain is
     * @param migration how its migration stands
     */
    record OfNode(
            Role role,
            InstanceId instance,
            List<PeerEndpoint> listening,
            int rpcPort,
            List<ConnectedPeer> peers,
            Chain chain,
            Migration migration) {

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

    /**
     * How the migration of a node stands.
     *
     * @param moving how many sessions are being moved by it
     * @param peers what it makes of each connected peer
     * @param moves what its journal says, the oldest first
     */
    record Migration(int moving, List<PeerStatus> peers, List<JournalEntry.Moved> moves) {
        Migration {
            peers = List.copyOf(peers);
            moves = List.copyOf(moves);
        }
    }

    /**
     * Two that are to be connected.
     *
     * @param name such as {@code P1-P3}
     * @param isElsewhere whether one of them does not belong to the demo
     * @param sessions as either end sees them, of those ends that are nodes of the demo
     */
    record Link(String name, boolean isElsewhere, List<ConnectedPeer> sessions) {
        Link {
            sessions = List.copyOf(sessions);
        }

        private Link and(Link otherEnd) {
            return new Link(
                    name,
                    isElsewhere,
                    Stream.concat(sessions.stream(), otherEnd.sessions.stream()).toList());
        }

        /** Whether it is carried by {@code stack}, as all ends see it. */
        boolean isOver(Stack stack) {
            return !sessions.isEmpty()
                    && sessions.stream().allMatch(end -> end.connection().stack() == stack);
        }
    }

    /** All that are to be connected, each two once. */
    List<Link> links() {
        Map<String, Link> links = new LinkedHashMap<>();
        for (OfNode node : nodes) {
            for (Party party : parties()) {
                Relation relation = relation(node, party);
                if (!(relation instanceof Relation.Itself)) {
                    String name = pair(node.role(), party);
                    Link end = new Link(name, party instanceof Party.Elsewhere, relation.connections());
                    links.merge(name, end, Link::and);
                }
            }
        }
        return List.copyOf(links.values());
    }

    /** How many of {@link #links} are carried by {@code stack}. */
    int linksOver(Stack stack) {
        return (int) links().stream().filter(link -> link.isOver(stack)).count();
    }

    /** The height that all have reached. */
    long lowestHeight() {
        return nodes.stream()
                .mapToLong(node -> node.chain().height().value())
                .min()
                .orElse(0);
    }

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
        return new Relation.Awaited();
    }

    /** By its id, since two targets may be one node, which takes only one connection of each peer. */
    private Set<InstanceId> instances(Party party) {
        return switch (party) {
            case Party.Ours(Role role) ->
                nodes.stream()
                        .filter(node -> node.role() == role)
                        .map(OfNode::instance)
                        .collect(Collectors.toUnmodifiableSet());
            case Party.Elsewhere(int _, PeerTarget target) -> met.getOrDefault(target, Set.of());
        };
    }

    private static InstanceId instance(ConnectedPeer peer) {
        return peer.connection().handshake().instanceId();
    }

    /** Who is at {@code target} as {@code peers} say, whoever dialled: a node may dial from the port at which it listens. */
    static Set<InstanceId> at(PeerTarget target, List<ConnectedPeer> peers) {
        return peers.stream()
                .filter(peer -> {
                    Description connection = peer.connection();
                    return connection.address().equals(target.address())
                            && target.protocol().carriers().contains(connection.carrier());
                })
                .map(DemoState::instance)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether all are connected, and all nodes have the same tip. */
    boolean isComplete() {
        return awaited().isEmpty() && haveSameTip();
    }

    /** Whether all nodes have the same tip. */
    boolean haveSameTip() {
        return nodes.stream().map(node -> node.chain().tip()).distinct().count() <= 1;
    }

    /** Who is to be connected and is not, such as {@code P1-P3}. */
    List<String> awaited() {
        return nodes.stream()
                .flatMap(node -> parties().stream()
                        .filter(party -> relation(node, party) instanceof Relation.Awaited)
                        .map(party -> pair(node.role(), party)))
                .distinct()
                .toList();
    }

    /** The same text whichever of two nodes of the demo says it. */
    static String pair(Role role, Party party) {
        return party instanceof Party.Ours(Role other) && other.compareTo(role) < 0
                ? other + "-" + role
                : role + "-" + party.name();
    }
}
