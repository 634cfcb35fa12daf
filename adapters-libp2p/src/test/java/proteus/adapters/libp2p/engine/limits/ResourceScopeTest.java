package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.limits.Direction.INBOUND;
import static proteus.adapters.libp2p.engine.limits.Direction.OUTBOUND;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal.LimitReached;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal.ScopeClosed;

final class ResourceScopeTest {

    private static final HostLimits LIMITS = new HostLimits(
            new ScopeLimits(new DirectionLimits(4, 3, 6), new DirectionLimits(6, 6, 8), 1000),
            ScopeLimits.UNLIMITED.withConnections(new DirectionLimits(2, 2, 4)).withMemory(400),
            new ScopeLimits(DirectionLimits.ofTotal(2), DirectionLimits.ofTotal(5), 600),
            ScopeLimits.UNLIMITED.withStreams(DirectionLimits.ofTotal(3)).withMemory(300),
            ScopeLimits.UNLIMITED.withMemory(200));

    private final SystemScope system = new SystemScope(LIMITS);
    private final List<PeerId> peers = TestPeers.peers(4);
    private final PeerId ada = peers.getFirst();
    private final PeerId bob = peers.get(1);

    @Test
    void aConnectionIsPendingUntilItIsSecured() {
        ConnectionScope connection = connect(INBOUND);

        assertThat(system.pendingUsage()).isEqualTo(ResourceUsage.connection(INBOUND));
        assertThat(connection.peer()).isEmpty();
        assertThat(system.peer(ada)).isEmpty();

        assertThat(granted(connection.secured(ada))).isSameAs(connection);
        assertThat(system.pendingUsage()).isEqualTo(ResourceUsage.NONE);
        assertThat(usageOf(ada)).isEqualTo(ResourceUsage.connection(INBOUND));
        assertThat(system.usage()).isEqualTo(ResourceUsage.connection(INBOUND));
        assertThat(connection.peer().orElseThrow().peer()).isEqualTo(ada);
    }

    @Test
    void whatAScopeHoldsEveryScopeAboveItHoldsToo() {
        ConnectionScope connection = secured(OUTBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));
        granted(stream.reserveMemory(100));
        granted(connection.reserveMemory(20));
        granted(connection.peer().orElseThrow().reserveMemory(3));
        granted(system.reserveMemory(500));

        assertThat(stream.usage()).isEqualTo(new ResourceUsage(0, 0, 1, 0, 100));
        assertThat(connection.usage()).isEqualTo(new ResourceUsage(0, 1, 1, 0, 120));
        assertThat(usageOf(ada)).isEqualTo(new ResourceUsage(0, 1, 1, 0, 123));
        assertThat(system.usage()).isEqualTo(new ResourceUsage(0, 1, 1, 0, 623));
    }

    @Test
    void theFullScopeIsNamedAndNothingIsTakenAnywhere() {
        connect(INBOUND);
        connect(INBOUND);
        ResourceUsage before = system.usage();

        assertThat(refusal(system.openConnection(INBOUND, "third")))
                .isEqualTo(new LimitReached(new ScopeName.Pending(), Resource.INBOUND_CONNECTIONS, 2, 2, 1))
                .hasToString("pending holds 2 of 2 INBOUND_CONNECTIONS, 1 wanted");
        assertThat(system.usage()).isEqualTo(before);
        assertThat(system.openConnection(OUTBOUND, "other direction")).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void theSystemRefusesWhatThePendingScopeWouldGrant() {
        for (PeerId peer : peers) {
            secured(INBOUND, peer);
        }

        assertThat(refusal(system.openConnection(INBOUND, "fifth")))
                .isEqualTo(new LimitReached(new ScopeName.WholeSystem(), Resource.INBOUND_CONNECTIONS, 4, 4, 1));
        assertThat(system.pendingUsage()).isEqualTo(ResourceUsage.NONE);

        secured(OUTBOUND, ada);
        secured(OUTBOUND, bob);
        assertThat(refusal(system.openConnection(OUTBOUND, "seventh")))
                .isEqualTo(new LimitReached(new ScopeName.WholeSystem(), Resource.CONNECTIONS, 6, 6, 1));
    }

    @Test
    void aPeerWithTooManyConnectionsGetsNoOtherAndTheConnectionStaysPending() {
        secured(INBOUND, ada);
        secured(OUTBOUND, ada);
        ConnectionScope third = connect(INBOUND);
        granted(third.reserveMemory(7));

        assertThat(refusal(third.secured(ada)))
                .isEqualTo(new LimitReached(new ScopeName.Peer(ada), Resource.CONNECTIONS, 2, 2, 1));
        assertThat(system.pendingUsage()).isEqualTo(new ResourceUsage(1, 0, 0, 0, 7));
        assertThat(usageOf(ada)).isEqualTo(new ResourceUsage(1, 1, 0, 0, 0));

        third.close();
        assertThat(system.pendingUsage()).isEqualTo(ResourceUsage.NONE);
    }

    @Test
    void memoryMovesWithTheConnectionOrKeepsItFromMoving() {
        ConnectionScope first = secured(INBOUND, ada);
        granted(first.peer().orElseThrow().reserveMemory(450));
        ConnectionScope second = connect(INBOUND);
        granted(second.reserveMemory(151));

        assertThat(refusal(second.secured(ada)))
                .isEqualTo(new LimitReached(new ScopeName.Peer(ada), Resource.MEMORY, 600, 450, 151));

        second.releaseMemory(1);
        granted(second.secured(ada));
        assertThat(usageOf(ada)).isEqualTo(new ResourceUsage(2, 0, 0, 0, 600));
        assertThat(system.usage()).isEqualTo(usageOf(ada));
    }

    @Test
    void aRefusedStrangerLeavesNoPeerBehind() {
        SystemScope strict = new SystemScope(new HostLimits(
                LIMITS.system(),
                LIMITS.pending(),
                ScopeLimits.UNLIMITED.withMemory(1),
                LIMITS.connection(),
                LIMITS.stream()));
        ConnectionScope connection = granted(strict.openConnection(INBOUND, "stranger"));
        granted(connection.reserveMemory(2));

        assertThat(refusal(connection.secured(ada))).isInstanceOf(LimitReached.class);
        assertThat(strict.peers()).isZero();
    }

    @Test
    void streamsAreBoundedByConnectionPeerAndSystem() {
        ConnectionScope first = secured(INBOUND, ada);
        ConnectionScope second = secured(INBOUND, ada);
        ConnectionScope other = secured(INBOUND, bob);
        for (int stream = 0; stream < 3; stream++) {
            granted(first.openStream(INBOUND));
        }

        assertThat(refusal(first.openStream(OUTBOUND)))
                .isEqualTo(new LimitReached(first.name(), Resource.STREAMS, 3, 3, 1));
        granted(second.openStream(INBOUND));
        granted(second.openStream(OUTBOUND));
        assertThat(refusal(second.openStream(OUTBOUND)))
                .isEqualTo(new LimitReached(new ScopeName.Peer(ada), Resource.STREAMS, 5, 5, 1));
        granted(other.openStream(INBOUND));
        granted(other.openStream(INBOUND));
        assertThat(refusal(other.openStream(INBOUND)))
                .isEqualTo(new LimitReached(new ScopeName.WholeSystem(), Resource.INBOUND_STREAMS, 6, 6, 1));
    }

    @Test
    void memoryIsBoundedOnEveryLevel() {
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));

        assertThat(refusal(stream.reserveMemory(201)))
                .isEqualTo(new LimitReached(stream.name(), Resource.MEMORY, 200, 0, 201));
        granted(stream.reserveMemory(200));
        assertThat(refusal(connection.reserveMemory(101)))
                .isEqualTo(new LimitReached(connection.name(), Resource.MEMORY, 300, 200, 101));
        assertThat(refusal(connection.peer().orElseThrow().reserveMemory(401)))
                .isEqualTo(new LimitReached(new ScopeName.Peer(ada), Resource.MEMORY, 600, 200, 401));
        assertThat(refusal(system.reserveMemory(Long.MAX_VALUE)))
                .isEqualTo(new LimitReached(new ScopeName.WholeSystem(), Resource.MEMORY, 1000, 200, Long.MAX_VALUE));
        assertThat(system.usage().memory()).isEqualTo(200);
    }

    @Test
    void aClosingConnectionGivesBackAllThatIsInIt() {
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));
        granted(stream.reserveMemory(100));
        PeerScope peer = connection.peer().orElseThrow();
        granted(peer.reserveMemory(50));

        connection.close();
        connection.close();
        stream.close();

        assertThat(system.usage()).isEqualTo(ResourceUsage.NONE);
        assertThat(system.peers()).isZero();
        assertThat(stream.usage()).isEqualTo(ResourceUsage.NONE);
        assertThat(peer.usage()).isEqualTo(ResourceUsage.NONE);
    }

    @Test
    void aPeerIsForgottenWithItsLastConnectionOnly() {
        ConnectionScope first = secured(INBOUND, ada);
        ConnectionScope second = secured(INBOUND, ada);

        first.close();
        assertThat(usageOf(ada)).isEqualTo(ResourceUsage.connection(INBOUND));

        second.close();
        assertThat(system.peer(ada)).isEmpty();
    }

    @Test
    void aClosingStreamGivesBackWhatIsItsOwn() {
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(OUTBOUND));
        granted(stream.reserveMemory(100));
        granted(connection.reserveMemory(10));

        stream.close();
        stream.close();

        assertThat(connection.usage()).isEqualTo(new ResourceUsage(1, 0, 0, 0, 10));
        assertThat(usageOf(ada)).isEqualTo(connection.usage());
    }

    @Test
    void aClosedScopeGrantsNothing() {
        ConnectionScope pending = connect(INBOUND);
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));
        PeerScope peer = connection.peer().orElseThrow();

        pending.close();
        connection.close();

        assertThat(refusal(pending.secured(bob))).isEqualTo(new ScopeClosed(pending.name()));
        assertThat(refusal(pending.openStream(INBOUND))).isEqualTo(new ScopeClosed(pending.name()));
        assertThat(refusal(connection.openStream(INBOUND))).isEqualTo(new ScopeClosed(connection.name()));
        assertThat(refusal(connection.reserveMemory(1))).isEqualTo(new ScopeClosed(connection.name()));
        assertThat(refusal(stream.reserveMemory(1))).isEqualTo(new ScopeClosed(stream.name()));
        assertThat(refusal(peer.reserveMemory(1))).isEqualTo(new ScopeClosed(new ScopeName.Peer(ada)));
        assertThat(system.usage()).isEqualTo(ResourceUsage.NONE);
    }

    @Test
    void theScopeOfAPeerThatComesBackIsAnotherOne() {
        ConnectionScope before = secured(INBOUND, ada);
        PeerScope old = before.peer().orElseThrow();
        before.close();
        secured(INBOUND, ada);

        assertThat(old.usage()).isEqualTo(ResourceUsage.NONE);
        assertThat(refusal(old.reserveMemory(1))).isInstanceOf(ScopeClosed.class);
        assertThat(usageOf(ada)).isEqualTo(ResourceUsage.connection(INBOUND));
    }

    @Test
    void releasingMoreThanIsHeldIsAFaultOfOurs() {
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));
        granted(stream.reserveMemory(10));
        granted(connection.reserveMemory(5));

        // The stream's bytes are not the connection's to release.
        assertThatThrownBy(() -> connection.releaseMemory(6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5")
                .hasMessageContaining("6");
        connection.releaseMemory(5);
        assertThatThrownBy(() -> connection.releaseMemory(5)).isInstanceOf(IllegalStateException.class);
        assertThat(connection.usage().memory()).isEqualTo(10);
    }

    @Test
    void releasingAfterTheClosingDoesNothing() {
        ConnectionScope connection = secured(INBOUND, ada);
        StreamScope stream = granted(connection.openStream(INBOUND));
        granted(stream.reserveMemory(10));
        granted(system.reserveMemory(50));

        connection.close();
        stream.releaseMemory(10);

        assertThat(system.usage()).isEqualTo(ResourceUsage.bytes(50));
    }

    @Test
    void nonsenseIsAFaultOfOurs() {
        ConnectionScope connection = connect(INBOUND);

        assertThatThrownBy(() -> connection.openStream(INBOUND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.reserveMemory(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.releaseMemory(-1)).isInstanceOf(IllegalArgumentException.class);
        granted(connection.secured(ada));
        assertThatThrownBy(() -> connection.secured(bob)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new DirectionLimits(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScopeLimits.UNLIMITED.withMemory(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void byDefaultStrangersNeverFillTheHost() {
        SystemScope host = new SystemScope(HostLimits.defaults());
        int admitted = 0;
        while (host.openConnection(INBOUND, "stranger") instanceof Reservation.Granted<ConnectionScope>) {
            admitted++;
        }

        assertThat(admitted).isEqualTo(HostLimits.PENDING_INBOUND);
        assertThat(host.openConnection(OUTBOUND, "friend")).isInstanceOf(Reservation.Granted.class);
    }

    private ConnectionScope connect(Direction direction) {
        return granted(system.openConnection(direction, "/ip4/192.0.2.1/tcp/1"));
    }

    private ConnectionScope secured(Direction direction, PeerId peer) {
        return granted(connect(direction).secured(peer));
    }

    private ResourceUsage usageOf(PeerId peer) {
        return system.peer(peer).orElseThrow().usage();
    }

    private static <S> S granted(Reservation<S> answer) {
        return switch (answer) {
            case Reservation.Granted<S>(S scope) -> scope;
            case Reservation.Refused<S>(ResourceRefusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static ResourceRefusal refusal(Reservation<?> answer) {
        return switch (answer) {
            case Reservation.Granted<?>(Object scope) -> throw new AssertionError("granted: " + scope);
            case Reservation.Refused<?>(ResourceRefusal refusal) -> refusal;
        };
    }
}
