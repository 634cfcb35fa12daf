package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.node.Stranger.Line;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTarget;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** Whole nodes that let each other in, make room, and dial. */
@Timeout(60)
final class NodeConnectionsTest {

    private static final PeerMessage BYE = new PeerMessage.Bye();
    private static final Cause FULL = new Cause.RefusedByPeer(new ConnectionRefusedReason.MaxPeerNumberExceeded());
    private static final Cause TWICE = new Cause.RefusedByPeer(new ConnectionRefusedReason.AlreadyConnected());

    private final World world = new World(new Network.RegTest());

    @AfterEach
    void close() {
        world.close();
    }

    // Who gets in.

    @Test
    void aNodeConnectsToThePeersThatItsOperatorNamed() throws Exception {
        RunningNode named = world.node(1).start();
        RunningNode other = world.node(2).peer(named.address).start();

        named.awaitPeers(1);
        other.awaitPeers(1);

        assertThat(other.node.peers().getFirst().connection().address()).isEqualTo(named.address);
        assertThat(other.node.peers().getFirst().connection().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(named.node.peers().getFirst().connection().handshake().instanceId())
                .isEqualTo(other.node.ownInstanceId());
        assertThat(named.node.peers().getFirst().connection().handshake().version())
                .isEqualTo("0.19.4");
        assertThat(named.node.peers().getFirst().connection().handshake().extraData())
                .isEqualTo("00");
        assertThat(named.node.peers().getFirst().connection().handshake().listenPort())
                .contains(Places.PORT);
    }

    @Test
    void aNodeThatIsFullRefuses() throws Exception {
        RunningNode node = world.node(1).places(1).start();
        world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);

        assertThat(world.stranger(3, 3).failToDial(node.address)).isEqualTo(FULL);
        assertThat(node.node.peers()).hasSize(1);
    }

    @Test
    void aPeerThatLeavesMakesRoom() throws Exception {
        RunningNode node = world.node(1).places(1).start();
        Line first = world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);
        first.say(BYE);
        node.awaitPeers(0);

        world.stranger(3, 3).dial(node.address);
        node.awaitPeers(1);
    }

    @Test
    void oneIpGetsFourPlaces() throws Exception {
        RunningNode node = world.node(1).start();
        for (int i = 0; i < 4; i++) {
            world.stranger(2, i).dial(node.address);
            node.awaitPeers(i + 1);
        }

        assertThat(world.stranger(2, 4).failToDial(node.address)).isEqualTo(FULL);
        world.stranger(3, 5).dial(node.address);
        node.awaitPeers(5);
    }

    @Test
    void anInstanceIsLetInOnce() throws Exception {
        RunningNode node = world.node(1).start();
        world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);

        assertThat(world.stranger(2, 2).failToDial(node.address)).isEqualTo(TWICE);
    }

    @Test
    void anInstanceIdClaimedFromAnotherIpIsContestedAndDisplacesNobody() throws Exception {
        RunningNode node = world.node(1).start();
        world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);

        world.stranger(3, 2).dial(node.address);
        node.awaitPeers(2);

        assertThat(node.node.peers())
                .extracting(NodeControl.ConnectedPeer::contested)
                .containsExactly(false, true);
        assertThat(node.node.contestedConnections()).isEqualTo(1);
    }

    @Test
    void whatTheHandshakeCannotKnowIsSettledAtTheTable() throws Exception {
        RunningNode node = world.node(1).places(1).start();
        Stranger twin = world.stranger(2, 2);
        // All handshakes may be over before the first peer is in the table; the table then turns all others away.
        List<Thread> dials = LongStream.range(0, 8)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> dialQuietly(twin, node.address)))
                .toList();
        for (Thread dial : dials) {
            dial.join();
        }

        node.awaitPeers(1);
        Await.until("all but one to be closed", () -> open(twin) == 1);
        assertThat(node.node.peers()).hasSize(1);
    }

    private static void dialQuietly(Stranger from, PeerAddress to) {
        try {
            from.dial(to);
        } catch (proteus.application.port.DialFailedException refused) {
            // As it may be.
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long open(Stranger stranger) {
        return stranger.lines().stream()
                .filter(line -> line.heard().others().isEmpty())
                .count();
    }

    @Test
    void aNodeDoesNotConnectToItself() throws Exception {
        RunningNode node = world.node(1).peer(Places.at(1)).start();

        node.legacy.awaitDials(1);
        assertThat(node.legacy.failures())
                .containsExactly(new Cause.RefusedByPeer(new ConnectionRefusedReason.SelfConnect()));
        assertThat(node.node.peers()).isEmpty();
    }

    @Test
    void aNodeThatTakesNoIncomingConnectionsDoesNotListenAndSaysSo() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).noIncoming().peer(Places.at(2)).start();
        node.awaitPeers(1);

        assertThat(node.node.ownListenAddress()).isEmpty();
        assertThat(peer.awaitLine(0).connection().description().handshake().listenPort())
                .isEmpty();
        assertThat(world.stranger(3, 3).failToDial(node.address)).isInstanceOf(Cause.PortClosed.class);
    }

    // Who makes room.

    @Test
    void aPeerDialledByOrderGetsThePlaceOfTheOneThatIsConnectedLongest() throws Exception {
        RunningNode node = world.node(1).places(2).start();
        Line first = world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);
        Line second = world.stranger(3, 3).dial(node.address);
        node.awaitPeers(2);
        Stranger wanted = world.stranger(4, 4).listen(Places.at(4));

        assertThat(node.node.dial(Places.target(Places.at(4)))).isTrue();

        wanted.awaitLine(0);
        first.heard().awaitClosed();
        assertThat(first.heard().messages()).containsExactly(BYE);
        node.awaitPeers(2);
        assertThat(node.node.peers())
                .extracting(peer -> peer.connection().address().ip())
                .containsExactly(Places.ip(3), Places.ip(4));
        assertThat(second.heard().messages()).isEmpty();
    }

    @Test
    void aNamedPeerGetsThePlaceOfAStranger() throws Exception {
        RunningNode node = world.node(1).places(1).peer(Places.at(4)).start();
        node.legacy.awaitDials(1);
        Line stranger = world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);
        Stranger named = world.stranger(4, 4).listen(Places.at(4));

        world.clock.advance(Duration.ofMinutes(2));

        named.awaitLine(0);
        stranger.heard().awaitClosed();
        assertThat(stranger.heard().messages()).containsExactly(BYE);
    }

    @Test
    void wantedPeersMakeRoomForNobody() throws Exception {
        world.stranger(2, 2).listen(Places.at(2));
        world.stranger(3, 3).listen(Places.at(3));
        RunningNode node = world.node(1).places(1).peer(Places.at(2)).start();
        node.awaitPeers(1);

        node.node.dial(Places.target(Places.at(3)));
        node.legacy.awaitDials(2);

        assertThat(node.legacy.failures())
                .containsExactly(new Cause.RefusedByUs(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
        assertThat(node.node.peers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.connection().address()).isEqualTo(Places.at(2)));
    }

    @Test
    void aPeerThatWasDialledByOrderIsLikeAnyOtherOnceItIsLost() throws Exception {
        Stranger ordered = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).places(1).start();
        node.node.dial(Places.target(Places.at(2)));
        node.awaitPeers(1);
        ordered.awaitLine(0).say(BYE);
        node.awaitPeers(0);

        Await.until("it to be forgotten", () -> !node.reception.wantedPeers().contains(Places.at(2)));
    }

    // Dialling again.

    @Test
    void aNamedPeerThatCannotBeReachedIsDialledLessAndLessOften() throws Exception {
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        List<Long> minutes = List.of(0L, 2L, 6L, 14L, 30L, 62L, 122L, 182L);

        for (int i = 0; i < minutes.size(); i++) {
            if (i > 0) {
                world.clock.advance(Duration.ofMinutes(minutes.get(i) - minutes.get(i - 1)));
            }
            node.legacy.awaitDials(i + 1);
        }

        assertThat(node.legacy.dials())
                .extracting(dial ->
                        Duration.between(ManualScheduler.START, dial.time()).toMinutes())
                .isEqualTo(minutes);
    }

    /** Waits for the first word of a session that the node dialled. */
    private static Line awaitSession(Stranger peer, int number) {
        Line line = peer.awaitLine(number);
        line.heard().awaitMessages(1);
        return line;
    }

    @Test
    void aNamedPeerThatIsLostAfterALongSessionIsDialledAtOnce() throws Exception {
        Stranger named = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        Line line = awaitSession(named, 0);
        node.legacy.awaitDials(1);
        world.clock.advance(Duration.ofSeconds(30));
        Instant lost = world.clock.instant();

        line.connection().close();

        named.awaitLine(1);
        node.awaitPeers(1);
        assertThat(node.legacy.dials().getLast().time()).isEqualTo(lost);
    }

    @Test
    void aNamedPeerThatIsLostAfterAShortSessionIsDialledAfterTwoMinutes() throws Exception {
        Stranger named = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        Line line = awaitSession(named, 0);
        node.legacy.awaitDials(1);
        world.clock.advance(Duration.ofMillis(29_999));

        line.connection().close();
        node.awaitEnded(1);
        world.clock.advance(Duration.ofMillis(1));
        world.clock.advance(Duration.ofSeconds(90));
        assertThat(node.legacy.dials()).hasSize(1);
        // Not beyond the dial, whose handshake would time out.
        world.clock.advance(Duration.ofSeconds(30));

        named.awaitLine(1);
        assertThat(node.legacy.dials()).hasSize(2);
    }

    @Test
    void anAnswerEndsTheBackOff() throws Exception {
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        node.legacy.awaitDials(1);
        world.clock.advance(Duration.ofMinutes(2));
        node.legacy.awaitDials(2);
        Stranger named = world.stranger(2, 2).listen(Places.at(2));
        world.clock.advance(Duration.ofMinutes(4));
        Line line = awaitSession(named, 0);
        node.legacy.awaitDials(3);

        world.clock.advance(Duration.ofMinutes(1));
        line.connection().close();
        named.awaitLine(1);
        node.awaitPeers(1);
    }

    @Test
    void aNodeRestrictedToItsPeersDialsNobodyElse() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        store.putAddress(new AddressBookEntry(
                Places.at(3), Carrier.LEGACY_TCP, ManualScheduler.START, ManualScheduler.START, 0));
        RunningNode node =
                world.node(1).over(store).restrictedToPeers().peer(Places.at(2)).start();
        node.legacy.awaitDials(1);
        world.clock.advance(Duration.ofMinutes(1));

        assertThat(node.legacy.dialled()).containsOnly(Places.at(2));
    }

    @Test
    void atTheStartTheTenBestOfTheAddressBookAreDialledAndLaterThreeIfNobodyIsConnected() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        for (int host = 10; host < 22; host++) {
            Instant seen = ManualScheduler.START.minusSeconds(60);
            store.putAddress(new AddressBookEntry(Places.at(host), Carrier.LEGACY_TCP, seen, seen, host));
        }
        RunningNode node = world.node(1).over(store).start();
        node.legacy.awaitDials(10);
        assertThat(node.legacy.dialled())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(10, 20)
                        .mapToObj(host -> Places.at((int) host))
                        .toList());

        world.clock.advance(Connector.CHECK);
        node.legacy.awaitDials(13);
        assertThat(node.legacy.dialled()).hasSize(13);
    }

    // Two stacks.

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPeerOfTheSecondStackIsFoundAndRememberedWhenTheFirstIsNotSpoken(boolean again) throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1)
                .withLibp2p()
                .over(store)
                .peer(Places.at(2), PeerTarget.Protocol.EITHER)
                .start();
        node.awaitPeers(1);
        node.legacy.awaitDials(1);

        assertThat(node.libp2p.dials()).hasSize(1);
        assertThat(node.libp2p.failures()).singleElement().isInstanceOf(Cause.NotThisProtocol.class);
        assertThat(store.addressBook()).singleElement().satisfies(entry -> {
            assertThat(entry.address()).isEqualTo(Places.at(2));
            assertThat(entry.carrier()).isEqualTo(Carrier.LEGACY_TCP);
            assertThat(entry.failures()).isZero();
        });
        if (again) {
            node.node.close();
            RunningNode next = world.node(1)
                    .withLibp2p()
                    .over(store)
                    .peer(Places.at(2), PeerTarget.Protocol.EITHER)
                    .start();
            next.awaitPeers(1);
            next.legacy.awaitDials(1);
            assertThat(next.libp2p.dials()).isEmpty();
        }
    }

    @Test
    void theRememberedStackIsNotTheOnlyOneThatIsTried() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        store.putAddress(new AddressBookEntry(
                Places.at(2), Carrier.LEGACY_TCP, ManualScheduler.START, ManualScheduler.START, 0));
        world.stranger(Places.ip(2), Carrier.LIBP2P_TCP, 2, Optional.empty()).listen(Places.at(2));
        RunningNode node = world.node(1)
                .withLibp2p()
                .over(store)
                .peer(Places.at(2), PeerTarget.Protocol.EITHER)
                .start();
        node.awaitPeers(1);
        node.libp2p.awaitDials(1);

        assertThat(node.legacy.dials()).hasSize(1);
        assertThat(store.addressBook())
                .singleElement()
                .satisfies(entry -> assertThat(entry.carrier()).isEqualTo(Carrier.LIBP2P_TCP));
        assertThat(node.node.peers().getFirst().connection().carrier()).isEqualTo(Carrier.LIBP2P_TCP);
    }

    @Test
    void aPeerThatCannotBeReachedIsNotTriedOverTheOtherStack() throws Exception {
        RunningNode node = world.node(1)
                .withLibp2p()
                .peer(Places.at(2), PeerTarget.Protocol.EITHER)
                .start();
        node.libp2p.awaitDials(1);

        assertThat(node.legacy.dials()).isEmpty();
    }

    @Test
    void aPeerOfOneStackIsNotTriedOverTheOther() throws Exception {
        world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1)
                .withLibp2p()
                .peer(Places.at(2), PeerTarget.Protocol.LIBP2P)
                .start();
        node.libp2p.awaitDials(1);

        assertThat(node.legacy.dials()).isEmpty();
        assertThat(node.node.peers()).isEmpty();
    }
}
