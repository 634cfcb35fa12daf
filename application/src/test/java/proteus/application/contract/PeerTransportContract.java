package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.FakeGate.Judgement;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/** What every {@link PeerTransport} does. A new stack is done when its subclass of this passes. */
@Timeout(60)
public abstract class PeerTransportContract {

    private static final int MANY = 20;

    /** How often to stop and to begin again: a port that is free a moment too late is not so each time. */
    private static final int TIMES = 25;

    private final ManualScheduler clock = new ManualScheduler();
    private final List<TransportNode> nodes = new ArrayList<>();

    /**
     * The transport of one more node, which can reach all others, all at one IPv4 address. No test should run into its
     * time-outs, nor into its limits with {@value #MANY} dials at a time. The suite closes it.
     */
    protected abstract PeerTransport transport(PeerGate gate, TaskScheduler clock) throws Exception;

    /** How a listener of a stack tells a peer that it is refused. */
    protected enum Telling {
        /** By an answer of the handshake. */
        IN_HANDSHAKE,
        /** By a first message, after which it hears no more. */
        BY_FIRST_MESSAGE,
        /** Not at all: the connection ends. */
        BY_CLOSING
    }

    /** How a listener of this stack tells this reason. */
    protected Telling telling(ConnectionRefusedReason reason) {
        return Telling.IN_HANDSHAKE;
    }

    /** Whose judgement a dial waits for. */
    protected FakeGate awaitedGate(FakeGate dialler, FakeGate listener) {
        return listener;
    }

    /** Where the nodes are, with port 0. */
    protected abstract PeerEndpoint anyPort();

    private TransportNode node(int instance, Network network) throws Exception {
        FakeGate gate = new FakeGate(Descriptions.handshake(instance, network));
        PeerTransport transport = transport(gate, clock);
        TransportNode node = new TransportNode(gate, transport, transport.listen(anyPort()));
        nodes.add(node);
        return node;
    }

    private TransportNode node(int instance) throws Exception {
        return node(instance, new Network.RegTest());
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        nodes.forEach(node -> node.gate().judgeAgain());
        SideBySide.close(nodes.stream().map(TransportNode::transport).toList());
    }

    private static RecordedEvents open(PeerConnection connection) {
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        connection.request();
        return events;
    }

    private static void assertCarries(PeerConnection from, RecordedEvents to, PeerMessage message)
            throws ConnectionClosedException {
        int before = to.messages().size();
        from.send(message);
        assertThat(to.awaitMessages(before + 1)).last().isEqualTo(message);
    }

    @Test
    void portZeroBindsAFreePort() throws Exception {
        TransportNode node = node(1);

        PeerAddress second = node.transport().listen(anyPort()).address();

        assertThat(node.address().ip()).isEqualTo(anyPort().address().ip());
        assertThat(node.address().port()).isNotZero();
        assertThat(second.port()).isNotZero().isNotEqualTo(node.address().port());
    }

    @Test
    void whoListensTwiceIsReachedAtBothAddresses() throws Exception {
        TransportNode far = node(2);
        PeerEndpoint second = far.transport().listen(anyPort());

        node(1).transport().dial(far.endpoint());
        node(3).transport().dial(second);

        far.gate().awaitConnection();
        far.gate().awaitConnection();
    }

    @Test
    void anAddressInUseIsNamedInTheError() throws Exception {
        TransportNode one = node(1);
        TransportNode other = node(2);

        assertThatThrownBy(() -> other.transport().listen(one.endpoint()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(one.address().toString());
    }

    @Test
    void whoHasStoppedListensNoMore() throws Exception {
        TransportNode stopped = node(1);
        TransportNode closed = node(2);
        stopped.transport().stopAccepting();
        closed.transport().close();

        assertThatThrownBy(() -> stopped.transport().listen(anyPort())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> closed.transport().listen(anyPort())).isInstanceOf(IOException.class);
    }

    @Test
    void bothGatesAreToldOfAConnection() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);

        PeerConnection dialled = near.transport().dial(far.endpoint());

        assertThat(near.gate().connections()).isEqualTo(1);
        assertThat(near.gate().awaitConnection()).isSameAs(dialled);
        PeerConnection accepted = far.gate().awaitConnection();
        assertThat(far.gate().connections()).isZero();
        RecordedEvents atNear = open(dialled);
        RecordedEvents atFar = open(accepted);
        assertCarries(dialled, atFar, new PeerMessage.PeerListRequest());
        assertCarries(accepted, atNear, new PeerMessage.Bye());
    }

    @Test
    void eachSideKnowsWhoTheOtherIs() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        clock.advance(Duration.ofSeconds(5));

        Description ofFar = near.transport().dial(far.endpoint()).description();
        Description ofNear = far.gate().awaitConnection().description();

        assertThat(ofFar.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(ofFar.address()).isEqualTo(far.address());
        assertThat(ofFar.handshake()).isEqualTo(far.gate().ownHandshake());
        assertThat(ofNear.direction()).isEqualTo(Direction.INBOUND);
        assertThat(ofNear.address().ip()).isEqualTo(anyPort().address().ip());
        assertThat(ofNear.address().port())
                .isNotZero()
                .isNotIn(near.address().port(), far.address().port());
        assertThat(ofNear.handshake()).isEqualTo(near.gate().ownHandshake());
        assertThat(List.of(ofFar, ofNear)).allSatisfy(description -> {
            assertThat(description.stack()).isEqualTo(near.transport().stack());
            assertThat(description.ownHandshakeTime()).isEqualTo(ManualScheduler.START);
            assertThat(description.established()).isEqualTo(ManualScheduler.START.plusSeconds(5));
            switch (description.stack()) {
                case LEGACY -> assertThat(description.peerId()).isEqualTo(PeerId.ofLegacy(description.address()));
                case LIBP2P -> assertThat(description.peerId()).isNotEqualTo(PeerId.ofLegacy(description.address()));
            }
        });
    }

    @Test
    void eachGateJudgesTheOtherOnce() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);

        near.transport().dial(far.endpoint());
        PeerAddress source = far.gate().awaitConnection().description().address();

        assertThat(far.gate().asked()).isEqualTo(1);
        assertThat(near.gate().asked()).isZero();
        assertThat(near.gate().judgements())
                .containsExactly(new Judgement(
                        near.gate().ownHandshake(),
                        far.gate().ownHandshake(),
                        far.address(),
                        anyPort().carrier(),
                        Direction.OUTBOUND));
        assertThat(far.gate().judgements())
                .containsExactly(new Judgement(
                        far.gate().ownHandshake(),
                        near.gate().ownHandshake(),
                        source,
                        anyPort().carrier(),
                        Direction.INBOUND));
    }

    @Test
    void aMappedAddressIsDialledAsThePlainOneThatItMeans() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        int bits = ((IpAddress.V4) far.address().ip()).bits();
        IpAddress mapped = new IpAddress.V6(0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(bits));

        PeerConnection connection = near.transport()
                .dial(new PeerEndpoint(
                        new PeerAddress(mapped, far.address().port()), anyPort().carrier()));

        assertThat(connection.description().address()).isEqualTo(far.address());
        assertThat(near.gate().judgements()).extracting(Judgement::address).containsExactly(far.address());
    }

    @Test
    void whoIsNotAdmittedIsNotJudged() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        far.gate().ban(anyPort().address().ip());

        // Whether that looks like a closed port or like another protocol depends on who is faster.
        assertThat(Dials.failureOf(near.transport(), far.endpoint()))
                .isInstanceOfAny(Cause.Unreachable.class, Cause.NotThisProtocol.class, Cause.ClosedByPeer.class);

        assertThat(far.gate().asked()).isEqualTo(1);
        assertNobodyConnected(near, far);
        assertThat(far.gate().judged()).isZero();
        assertThat(near.gate().judged()).isZero();
    }

    private static void assertNobodyConnected(TransportNode... some) {
        assertThat(some)
                .allSatisfy(node -> assertThat(node.gate().connections()).isZero());
    }

    private static List<ConnectionRefusedReason> reasons() {
        return List.of(
                new ConnectionRefusedReason.AlreadyConnected(),
                new ConnectionRefusedReason.BadStanding(),
                new ConnectionRefusedReason.IncompatibleVersion(),
                new ConnectionRefusedReason.MaxPeerNumberExceeded(),
                new ConnectionRefusedReason.SelfConnect(),
                new ConnectionRefusedReason.Other(7));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void whoIsRefusedIsToldWhy(ConnectionRefusedReason reason) throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        far.gate().judgeEverybody(new HandshakeVerdict.Refused(reason));

        switch (telling(reason)) {
            case IN_HANDSHAKE -> {
                assertThat(Dials.failureOf(near.transport(), far.endpoint()))
                        .isEqualTo(new Cause.RefusedByPeer(reason));
                assertNobodyConnected(near);
                assertThat(near.gate().judged()).isZero();
            }
            case BY_FIRST_MESSAGE -> {
                RecordedEvents heard = open(near.transport().dial(far.endpoint()));
                assertThat(heard.awaitMessages(1))
                        .containsExactly(
                                new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason)));
            }
            case BY_CLOSING -> assertEnds(Dials.elsewhere(near.transport(), far.endpoint()));
        }

        assertNobodyConnected(far);
    }

    /** Whether the dial fails, or its connection ends, depends on who is faster. */
    private static void assertEnds(CompletableFuture<PeerConnection> dial) {
        boolean connected = dial.handle((_, failure) -> failure == null).join();
        if (connected) {
            RecordedEvents heard = open(dial.join());
            assertThat(heard.awaitClosed().cause()).isNotEqualTo(CloseCause.LOCAL);
            assertThat(heard.messages()).isEmpty();
        } else {
            assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.ClosedByPeer.class);
        }
    }

    @Test
    void aDiallerMayRefuseToo() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        near.gate().judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.BadStanding()));

        assertThat(Dials.failureOf(near.transport(), far.endpoint())).isInstanceOf(Cause.RefusedByUs.class);

        assertNobodyConnected(near);
        if (awaitedGate(near.gate(), far.gate()).equals(far.gate())) {
            // The listener has accepted by then, and sees a connection that ends.
            PeerConnection accepted = far.gate().awaitConnection();
            RecordedEvents events = open(accepted);
            accepted.request();
            assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
        }
    }

    @Test
    void aPeerOfAnotherNetworkIsRefused() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2, new Network.Main());

        Cause cause = Dials.failureOf(near.transport(), far.endpoint());

        if (awaitedGate(near.gate(), far.gate()).equals(far.gate())) {
            assertThat(cause).isInstanceOf(Cause.RefusedByUs.class);
            far.gate().awaitJudging();
        } else {
            // Both judge, and whoever does so later may find the connection closed.
            assertThat(cause).isInstanceOfAny(Cause.RefusedByUs.class, Cause.ClosedByPeer.class);
        }
        if (cause instanceof Cause.RefusedByUs(var why, var _)) {
            assertThat(why).contains("main");
        }
        far.transport().close();
        assertNobodyConnected(near, far);
    }

    @Test
    void whereNobodyListensThePortIsClosed() throws Exception {
        TransportNode near = node(1);
        TransportNode gone = node(2);
        gone.transport().close();

        assertNotThere(Dials.failureOf(near.transport(), gone.endpoint()));
        assertThatThrownBy(() -> near.transport().hold(gone.endpoint(), near.gate()))
                .isInstanceOfSatisfying(DialFailedException.class, failed -> assertNotThere(failed.reason()));
    }

    /** Where there are no connections below the stack's own, silence may be all that one hears. */
    private void assertNotThere(Cause cause) {
        if (anyPort().carrier() == Carrier.LIBP2P_QUIC) {
            assertThat(cause).isInstanceOfAny(Cause.PortClosed.class, Cause.TimedOut.class);
        } else {
            assertThat(cause).isInstanceOf(Cause.PortClosed.class);
        }
    }

    @Test
    void whoStoppedAcceptingIsUnreachableAndDialsNobody() throws Exception {
        TransportNode stopped = node(1);
        TransportNode other = node(2);
        stopped.transport().stopAccepting();
        stopped.transport().stopAccepting();

        assertThat(Dials.failureOf(stopped.transport(), other.endpoint())).isEqualTo(new Cause.Stopped());
        assertNotThere(Dials.failureOf(other.transport(), stopped.endpoint()));
        assertNobodyConnected(stopped, other);
    }

    @Test
    void whoStoppedAcceptingKeepsItsConnections() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        PeerConnection dialled = near.transport().dial(far.endpoint());
        PeerConnection accepted = far.gate().awaitConnection();
        RecordedEvents atNear = open(dialled);
        RecordedEvents atFar = open(accepted);

        far.transport().stopAccepting();
        near.transport().stopAccepting();

        assertCarries(dialled, atFar, new PeerMessage.PeerListRequest());
        assertCarries(accepted, atNear, new PeerMessage.PeerListRequest());
    }

    @Test
    void aCloseEndsAllConnectionsBeforeItReturns() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        TransportNode other = node(3);
        RecordedEvents dialled = open(near.transport().dial(far.endpoint()));
        RecordedEvents acceptedByFar = open(far.gate().awaitConnection());
        RecordedEvents dialledByFar = open(other.transport().dial(near.endpoint()));
        RecordedEvents accepted = open(near.gate().awaitConnection(Direction.INBOUND));

        near.transport().close();
        near.transport().close();

        ConnectionEvent local = new ConnectionEvent.Closed(CloseCause.LOCAL);
        assertThat(dialled.others()).containsExactly(local);
        assertThat(accepted.others()).containsExactly(local);
        assertThat(acceptedByFar.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
        assertThat(dialledByFar.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
        assertThat(Dials.failureOf(near.transport(), far.endpoint())).isEqualTo(new Cause.Stopped());
    }

    @Test
    void noEventComesAfterTheCloseOfTheTransport() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        CountDownLatch returned = new CountDownLatch(1);
        CompletableFuture<Boolean> toldTooLate = new CompletableFuture<>();
        near.transport().dial(far.endpoint()).open(event -> {
            if (event instanceof ConnectionEvent.Closed) {
                toldTooLate.complete(hasReturned(returned));
            }
        });

        near.transport().close();
        returned.countDown();

        assertThat(toldTooLate.get(20, TimeUnit.SECONDS)).isFalse();
    }

    // Waits so long because a close that does not wait returns meanwhile.
    private static boolean hasReturned(CountDownLatch returned) {
        try {
            return returned.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            return false;
        }
    }

    @Test
    void aByeBeforeTheCloseArrives() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        PeerConnection dialled = near.transport().dial(far.endpoint());
        PeerConnection accepted = far.gate().awaitConnection();
        RecordedEvents events = open(accepted);
        accepted.request();

        dialled.send(new PeerMessage.Bye());
        near.transport().close();

        assertThat(events.awaitMessages(1)).containsExactly(new PeerMessage.Bye());
        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
    }

    @Test
    void aCloseEndsADialThatIsUnderWay() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate awaited = awaitedGate(near.gate(), far.gate());
        awaited.holdJudgements();
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(near.transport(), far.endpoint());
        awaited.awaitJudging();

        near.transport().close();

        assertThat(Dials.failureOf(dial)).isEqualTo(new Cause.Stopped());
        assertNobodyConnected(near);
    }

    @Test
    void aCloseEndsAHandshakeThatIsUnderWay() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        far.gate().holdJudgements();
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(near.transport(), far.endpoint());
        far.gate().awaitJudging();

        far.transport().close();

        // The handshake may come to its end first, but then the connection ends too.
        boolean connected = dial.handle((_, failure) -> failure == null).join();
        if (connected) {
            assertThat(open(dial.join()).awaitClosed().cause()).isNotEqualTo(CloseCause.LOCAL);
            return;
        }
        assertThat(Dials.failureOf(dial))
                .isInstanceOfAny(Cause.Unreachable.class, Cause.NotThisProtocol.class, Cause.ClosedByPeer.class);
    }

    @Test
    void anInterruptedDialLeavesNothingOpen() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate awaited = awaitedGate(near.gate(), far.gate());
        awaited.holdJudgements();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread dialling = Thread.ofVirtual().start(() -> {
            try {
                near.transport().dial(far.endpoint());
                thrown.completeExceptionally(new AssertionError("connected"));
            } catch (Exception failure) {
                thrown.complete(failure);
            }
        });
        awaited.awaitJudging();

        dialling.interrupt();

        assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertNobodyConnected(near);
        // The listener never got that connection, or sees it end; the next one is open.
        awaited.judgeAgain();
        PeerConnection second = node(3).transport().dial(far.endpoint());
        second.send(new PeerMessage.PeerListRequest());
        PeerConnection accepted = far.gate().awaitConnection();
        if (accepted.description().handshake().equals(near.gate().ownHandshake())) {
            assertThat(open(accepted).awaitClosed().cause()).isNotEqualTo(CloseCause.LOCAL);
            accepted = far.gate().awaitConnection();
        }
        assertThat(open(accepted).awaitMessages(1)).containsExactly(new PeerMessage.PeerListRequest());
    }

    @Test
    void anInterruptBeforeTheDialCounts() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> near.transport().dial(far.endpoint())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertNobodyConnected(near);
    }

    /** Whom a held dial is for, instead of the transport's own gate. */
    private static FakeGate migrating(int instance) {
        return new FakeGate(Descriptions.handshake(instance, new Network.RegTest()));
    }

    @Test
    void aHeldDialIsNotJudgedBeforeItIsCompleted() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(1);

        try (HeldDial held = near.transport().hold(far.endpoint(), into)) {
            switch (near.transport().stack()) {
                case LEGACY -> {
                    assertThat(held.theirs()).isEmpty();
                    assertThat(held.peerId()).isEqualTo(PeerId.ofLegacy(far.address()));
                }
                case LIBP2P -> {
                    assertThat(held.theirs()).contains(far.gate().ownHandshake());
                    assertThat(Optional.of(held.peerId()))
                            .isEqualTo(far.transport().ownPeerId());
                }
            }
            assertThat(far.gate().judged()).isZero();
            assertThat(into.judged()).isZero();
            assertNobodyConnected(near, far);
        }
    }

    @Test
    void aHeldDialThatIsCompletedConnectsBothForTheGateThatWasGiven() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(77);
        HeldDial held = near.transport().hold(far.endpoint(), into);
        clock.advance(Duration.ofMillis(100));

        PeerConnection dialled = held.complete();
        held.close();

        assertThat(into.awaitConnection()).isSameAs(dialled);
        assertThat(dialled.description().handshake()).isEqualTo(far.gate().ownHandshake());
        assertThat(dialled.description().peerId()).isEqualTo(held.peerId());
        assertThat(dialled.description().established()).isEqualTo(clock.instant());
        assertThat(into.judgements()).extracting(Judgement::own).containsExactly(into.ownHandshake());
        PeerConnection accepted = far.gate().awaitConnection();
        assertThat(accepted.description().handshake()).isEqualTo(into.ownHandshake());
        RecordedEvents atNear = open(dialled);
        RecordedEvents atFar = open(accepted);
        assertCarries(dialled, atFar, new PeerMessage.PeerListRequest());
        assertCarries(accepted, atNear, new PeerMessage.Bye());
        assertThat(near.gate().judged()).isZero();
        assertNobodyConnected(near);
        assertThatThrownBy(held::complete).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHeldDialThatIsClosedLeavesNobodyConnected() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(1);
        HeldDial held = near.transport().hold(far.endpoint(), into);

        held.close();
        held.close();

        assertThatThrownBy(held::complete).isInstanceOf(DialFailedException.class);
        // That one is through means that nothing is left of the other but what is on its way to its end.
        near.transport().dial(far.endpoint());
        assertThat(far.gate().awaitConnection().description().handshake())
                .isEqualTo(near.gate().ownHandshake());
        far.transport().close();
        assertThat(far.gate().judged()).isEqualTo(1);
        assertNobodyConnected(far);
        assertThat(into.connections()).isZero();
    }

    @Test
    void aHeldDialFailsWhenThePeerIsGone() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(1);
        HeldDial held = near.transport().hold(far.endpoint(), into);

        far.transport().close();

        switch (near.transport().stack()) {
            case LEGACY ->
                assertThat(Dials.failureOf(Dials.completing(held)))
                        .isInstanceOfAny(Cause.Unreachable.class, Cause.NotThisProtocol.class);
            // The last word is this node's there, and the news of the peer's end may still be on its way.
            case LIBP2P -> assertEnds(Dials.completing(held));
        }
        assertNobodyConnected(near, far);
    }

    @Test
    void theGateThatWasGivenMayRefuse() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(1);
        into.judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.BadStanding()));
        HeldDial held = near.transport().hold(far.endpoint(), into);

        assertThatThrownBy(held::complete)
                .isInstanceOfSatisfying(
                        DialFailedException.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo(new Cause.RefusedByUs(new ConnectionRefusedReason.BadStanding())));

        assertNobodyConnected(near);
        assertThat(into.connections()).isZero();
        assertThat(near.gate().judged()).isZero();
    }

    @Test
    void aCloseEndsADialThatIsHeld() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        FakeGate into = migrating(1);
        HeldDial held = near.transport().hold(far.endpoint(), into);

        near.transport().close();

        assertThatThrownBy(held::complete)
                .isInstanceOfSatisfying(
                        DialFailedException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(new Cause.Stopped()));
        far.transport().close();
        assertThat(far.gate().judged()).isZero();
    }

    @Test
    void whoStoppedListeningMayListenAgainAtTheSamePort() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);

        for (int i = 0; i < TIMES; i++) {
            far.transport().stopListening();
            assertThat(far.transport().listen(far.endpoint())).isEqualTo(far.endpoint());
        }

        near.transport().dial(far.endpoint());
        far.gate().awaitConnection();
    }

    @Test
    void anotherNodeMayHaveThePortOfOneThatStoppedListening() throws Exception {
        TransportNode near = node(1);
        TransportNode first = node(2);
        TransportNode second = node(3);

        for (int i = 0; i < TIMES; i++) {
            first.transport().stopListening();
            second.transport().listen(first.endpoint());
            second.transport().stopListening();
            first.transport().listen(first.endpoint());
        }

        near.transport().dial(first.endpoint());
        first.gate().awaitConnection();
        assertNobodyConnected(second);
    }

    @Test
    void whoStoppedListeningKeepsItsConnectionsAndDialsOn() throws Exception {
        TransportNode near = node(1);
        TransportNode far = node(2);
        TransportNode third = node(3);
        PeerConnection dialled = near.transport().dial(far.endpoint());
        PeerConnection accepted = far.gate().awaitConnection();
        RecordedEvents atNear = open(dialled);
        RecordedEvents atFar = open(accepted);

        far.transport().stopListening();
        far.transport().stopListening();

        assertNotThere(Dials.failureOf(third.transport(), far.endpoint()));
        far.transport().dial(third.endpoint());
        third.gate().awaitConnection();
        assertCarries(dialled, atFar, new PeerMessage.PeerListRequest());
        far.transport().listen(far.endpoint());
        assertCarries(accepted, atNear, new PeerMessage.PeerListRequest());
        node(4).transport().dial(far.endpoint());
        assertThat(far.gate().awaitConnection(Direction.INBOUND).description().stack())
                .isEqualTo(far.transport().stack());
    }

    @Test
    void manyDialAtATime() throws Exception {
        TransportNode one = node(1);
        List<TransportNode> others = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            others.add(node(2 + i));
        }
        List<CompletableFuture<PeerConnection>> dials = new ArrayList<>();

        for (int i = 0; i < MANY; i += 2) {
            dials.add(Dials.elsewhere(one.transport(), others.get(i).endpoint()));
            dials.add(Dials.elsewhere(others.get(i + 1).transport(), one.endpoint()));
        }

        for (CompletableFuture<PeerConnection> dial : dials) {
            dial.join().send(new PeerMessage.PeerListRequest());
        }
        for (int i = 0; i < MANY; i += 2) {
            one.gate().awaitConnection(Direction.OUTBOUND);
            assertAsks(one.gate().awaitConnection(Direction.INBOUND));
            assertAsks(others.get(i).gate().awaitConnection(Direction.INBOUND));
            others.get(i + 1).gate().awaitConnection(Direction.OUTBOUND);
        }
        assertNobodyConnected(one);
        assertThat(others).allSatisfy(PeerTransportContract::assertNobodyConnected);
    }

    private static void assertAsks(PeerConnection connection) {
        assertThat(open(connection).awaitMessages(1)).containsExactly(new PeerMessage.PeerListRequest());
    }
}
