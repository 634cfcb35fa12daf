package proteus.bootstrap.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proteus.application.contract.GenesisChain;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Layers;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerKey;
import proteus.application.port.PeerTarget;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerTime;

/** States of a demo that tests make up, connection by connection. For one thread. */
final class DemoStates {

    /** When all began. */
    static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    /** A node that does not belong to the demo. */
    static final InstanceId REAL_NODE = new InstanceId(7, 7);

    private static final PeerId ID =
            PeerId.parse("12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN").orElseThrow();

    /** Where all begin. */
    static final DemoState.Chain AT_GENESIS =
            new DemoState.Chain(BlockHeight.GENESIS, Digest.ZERO, 0, Optional.empty());

    private final Map<Role, List<ConnectedPeer>> peers = new EnumMap<>(Role.class);
    private final List<PeerTarget> joined = new ArrayList<>();
    private final Map<PeerTarget, Set<InstanceId>> met = new HashMap<>();
    private final Map<Role, List<JournalEntry.Moved>> moves = new EnumMap<>(Role.class);
    private final Map<Role, DemoState.Chain> chains = new EnumMap<>(Role.class);

    static PeerAddress address(String text) {
        return PeerAddress.parse(text).orElseThrow();
    }

    static InstanceId instance(Role role) {
        return new InstanceId(0, role.ordinal());
    }

    private static PeerEndpoint endpoint(Role role, Carrier carrier) {
        return new PeerEndpoint(address("127.0.0.1:" + (40_000 + 10 * role.ordinal() + carrier.ordinal())), carrier);
    }

    /** {@code node} says that its chain is so far. */
    DemoStates at(Role node, DemoState.Chain chain) {
        chains.put(node, chain);
        return this;
    }

    /** The journal of {@code node} goes on like this. */
    DemoStates moved(Role node, JournalEntry.Moved... entries) {
        moves.computeIfAbsent(node, _ -> new ArrayList<>()).addAll(List.of(entries));
        return this;
    }

    /** All sessions that are there began then. */
    DemoStates began(Instant since) {
        peers.values()
                .forEach(all -> all.replaceAll(peer -> new ConnectedPeer(
                        peer.connection(),
                        peer.layers(),
                        peer.contested(),
                        peer.standing(),
                        peer.traffic(),
                        peer.height(),
                        since)));
        return this;
    }

    /** {@code node} says no longer that it is connected to anybody. */
    DemoStates without(Role node) {
        peers.remove(node);
        return this;
    }

    /** The nodes join that one, too. */
    DemoStates joining(String address, PeerTarget.Protocol protocol) {
        joined.add(new PeerTarget(address(address), protocol));
        return this;
    }

    /** {@code dialler} is connected to {@code dialled}, and both know. */
    DemoStates connected(Role dialler, Role dialled, Carrier carrier) {
        with(dialler, peer(instance(dialled), endpoint(dialled, carrier), Direction.OUTBOUND));
        return with(
                dialled,
                peer(instance(dialler), new PeerEndpoint(address("127.0.0.1:55555"), carrier), Direction.INBOUND));
    }

    /** {@code node} says that it is connected to this one. */
    DemoStates with(Role node, ConnectedPeer peer) {
        peers.computeIfAbsent(node, _ -> new ArrayList<>()).add(peer);
        return this;
    }

    static ConnectedPeer peer(InstanceId instance, PeerEndpoint endpoint, Direction direction) {
        return peer(instance, endpoint, direction, "0.19.4", new Traffic(3, 622, 2, 621), 0, false);
    }

    static ConnectedPeer peer(
            InstanceId instance,
            PeerEndpoint endpoint,
            Direction direction,
            String version,
            Traffic traffic,
            long height,
            boolean contested) {
        Network network = new Network.RegTest();
        HandshakeData handshake = new HandshakeData(
                GenesisChain.of(network).tip().header(),
                Optional.empty(),
                network,
                instance,
                version,
                true,
                false,
                PeerTime.of(START),
                "");
        return new ConnectedPeer(
                new Description(endpoint.carrier(), direction, endpoint.address(), ID, handshake, START, START),
                endpoint.carrier() == Carrier.LIBP2P_TCP
                        ? new Layers(
                                Optional.of("/tls/1.0.0"),
                                Optional.of("/yamux/1.0.0"),
                                List.of(),
                                Optional.empty(),
                                Optional.of("/proteus/regtest/session/1"))
                        : Layers.NONE,
                contested,
                PeerStanding.neutral(PeerStanding.DEFAULT_TOLERANCE),
                traffic,
                height,
                START);
    }

    /** What the nodes say then. */
    DemoState state() {
        List<DemoState.OfNode> nodes =
                Arrays.stream(Role.values()).map(this::ofNode).toList();
        for (PeerTarget target : joined) {
            Set<InstanceId> there = met.computeIfAbsent(target, _ -> new HashSet<>());
            nodes.forEach(node -> there.addAll(DemoState.at(target, node.peers())));
        }
        return new DemoState(nodes, joined, met);
    }

    private DemoState.OfNode ofNode(Role role) {
        List<PeerEndpoint> listening = Arrays.stream(Carrier.values())
                .filter(role::listensBy)
                .map(carrier -> endpoint(role, carrier))
                .toList();
        return new DemoState.OfNode(
                role,
                instance(role),
                listening,
                50_000 + role.ordinal(),
                peers.getOrDefault(role, List.of()),
                chains.getOrDefault(role, AT_GENESIS),
                new DemoState.Migration(
                        0,
                        peers.getOrDefault(role, List.of()).stream()
                                .map(DemoStates::status)
                                .toList(),
                        moves.getOrDefault(role, List.of())));
    }

    private static PeerStatus status(ConnectedPeer peer) {
        Description connection = peer.connection();
        return new PeerStatus(
                key(connection.address()),
                connection.address(),
                connection.carrier(),
                false,
                "on " + (connection.carrier() == Carrier.LEGACY_TCP ? "legacy" : "libp2p"),
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

    static PeerKey key(PeerAddress address) {
        return new PeerKey.OfAddress(address);
    }

    /** All are connected, as the roles dial. */
    static DemoStates complete() {
        DemoStates states = new DemoStates();
        for (Role role : Role.values()) {
            for (Role.Dial dial : role.dials()) {
                states.connected(role, dial.whom(), dial.protocol().carriers().getFirst());
            }
        }
        return states;
    }
}
