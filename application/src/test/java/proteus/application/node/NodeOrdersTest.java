package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.Await;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.node.Stranger.Line;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/** Whole nodes, their operator's orders, and what they remember of their peers. */
@Timeout(60)
final class NodeOrdersTest {

    private static final PeerMessage BYE = new PeerMessage.Bye();
    private static final PeerMessage COSTS_5 = new PeerMessage.BlockRequestByHash(new Digest(1, 2, 3, 4, 5));
    private static final PeerMessage COSTS_100 = new PeerMessage.BlockRequestByHeight(BlockHeight.GENESIS);
    private static final IpAddress MAPPED = new IpAddress.V6(0, 0xFFFF_0800_0002L);

    private final World world = new World(new Network.RegTest());

    @AfterEach
    void close() {
        world.close();
    }

    private static void misbehaveUntilBanned(Line line) throws Exception {
        for (int i = 0; i < 10; i++) {
            line.say(COSTS_100);
        }
        line.heard().awaitClosed();
    }

    private static void assertNotAdmitted(Stranger stranger, PeerAddress by) throws Exception {
        assertThat(stranger.failToDial(by)).isInstanceOf(Cause.NotThisProtocol.class);
    }

    // Bans and standings.

    @Test
    void aBanByTheOperatorEndsTheConnectionWithByeAndKeepsThePeerOut() throws Exception {
        RunningNode node = world.node(1).start();
        Stranger peer = world.stranger(2, 2);
        Line line = peer.dial(node.address);
        Line other = world.stranger(3, 3).dial(node.address);
        node.awaitPeers(2);

        node.node.ban(MAPPED);

        line.heard().awaitClosed();
        assertThat(line.heard().messages()).containsExactly(BYE);
        node.awaitPeers(1);
        assertNotAdmitted(peer, node.address);
        assertThat(node.node.bannedPeers()).isEqualTo(1);
        assertThat(other.askForPeers()).isNotNull();
    }

    @Test
    void anUnbanLetsThePeerInAgainAndForgetsItsStanding() throws Exception {
        RunningNode node = world.node(1).start();
        Stranger peer = world.stranger(2, 2);
        peer.dial(node.address);
        node.awaitPeers(1);
        node.node.ban(Places.ip(2));
        node.awaitPeers(0);

        node.node.unban(MAPPED);

        assertThat(standings(node.store)).isEmpty();
        assertThat(node.node.bannedPeers()).isZero();
        peer.dial(node.address);
        node.awaitPeers(1);
    }

    private static Map<IpAddress, PeerStanding> standings(PeerStore store) {
        try {
            return store.standings();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void unbanningAllLeavesTheBansOfTheCommandLine() throws Exception {
        RunningNode node = world.node(1).banning(Places.ip(2)).start();
        node.node.ban(Places.ip(3));
        node.node.ban(Places.ip(2));
        assertThat(node.node.bannedPeers()).isEqualTo(2);

        node.node.unbanAll();

        assertThat(node.node.bannedPeers()).isEqualTo(1);
        assertNotAdmitted(world.stranger(2, 2), node.address);
        world.stranger(3, 3).dial(node.address);
        node.awaitPeers(1);
    }

    @Test
    void aPeerWhoseStandingGetsBadIsKeptOut() throws Exception {
        RunningNode node = world.node(1).start();
        Stranger peer = world.stranger(2, 2);
        Line line = peer.dial(node.address);
        misbehaveUntilBanned(line);

        assertThat(line.heard().messages()).isEmpty();
        assertNotAdmitted(peer, node.address);
        assertThat(node.node.punishedPeers()).containsOnlyKeys(Places.ip(2));
    }

    @Test
    void aStandingThatDecayedLetsThePeerInAgain() throws Exception {
        RunningNode node = world.node(1).start();
        Stranger peer = world.stranger(2, 2);
        misbehaveUntilBanned(peer.dial(node.address));
        node.awaitPeers(0);

        world.clock.advance(PeerStanding.HALF_LIFE);

        peer.dial(node.address);
        node.awaitPeers(1);
    }

    @Test
    void aBanExpelsTheOtherConnectionsOfTheIpAndIsNotWipedOutByThem() throws Exception {
        RunningNode node = world.node(1).start();
        Line bad = world.stranger(2, 2).dial(node.address);
        Line sibling = world.stranger(2, 3).dial(node.address);
        Line other = world.stranger(3, 4).dial(node.address);
        node.awaitPeers(3);
        sibling.say(COSTS_5);
        sibling.askForPeers();
        long said = sibling.heard().messages().size();

        misbehaveUntilBanned(bad);

        sibling.heard().awaitClosed();
        assertThat(sibling.heard().messages()).hasSize((int) said);
        node.awaitPeers(1);
        other.askForPeers();
        assertThat(standings(node.store).get(Places.ip(2)).score()).isEqualTo(-1000);
        assertNotAdmitted(world.stranger(2, 5), node.address);
    }

    /** The look at the standing comes before the ban, and the entry into the table after it. */
    @Test
    void aSiblingThatIsOnItsWayIntoTheTableIsExpelledToo() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RunningNode node = world.node(1)
                .over(SlowStore.over(new InMemoryPeerStore(), lookups, looked, goOn))
                .start();
        Line bad = world.stranger(2, 2).dial(node.address);
        // Its session goes on, so all looks at its standing are over.
        bad.askForPeers();
        // Of the three looks at a standing, before and after the handshake and before the table, the last one.
        lookups.set(3);
        Line sibling = world.stranger(2, 3).dial(node.address);
        looked.await();
        misbehaveUntilBanned(bad);
        goOn.countDown();

        sibling.heard().awaitClosed();
        node.awaitPeers(0);
        assertThat(standings(node.store).get(Places.ip(2)).score()).isEqualTo(-1000);
    }

    @Test
    void ofSeveralConnectionsOfOneIpTheWorstStandingIsTold() throws Exception {
        RunningNode node = world.node(1).start();
        Line bad = world.stranger(2, 2).dial(node.address);
        Line good = world.stranger(2, 3).dial(node.address);
        bad.say(COSTS_5);
        bad.askForPeers();
        good.askForPeers();

        assertThat(node.node.punishedPeers().get(Places.ip(2)).score()).isEqualTo(-5);
    }

    @Test
    void standingsCanBeClearedWhileThePeerIsConnected() throws Exception {
        RunningNode node = world.node(1).start();
        Line line = world.stranger(2, 2).dial(node.address);
        line.say(COSTS_5);
        line.askForPeers();
        assertThat(node.node.punishedPeers()).containsOnlyKeys(Places.ip(2));

        node.node.clearStanding(MAPPED);
        assertThat(node.node.punishedPeers()).isEmpty();

        line.say(COSTS_5);
        line.askForPeers();
        node.node.clearAllStandings();
        assertThat(node.onlyStanding().score()).isZero();
        line.say(BYE);
        node.awaitPeers(0);
        assertThat(node.node.punishedPeers()).isEmpty();
    }

    @Test
    void bansAndBadStandingsSurviveARestart() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        RunningNode node = world.node(1).over(store).start();
        misbehaveUntilBanned(world.stranger(2, 2).dial(node.address));
        node.node.ban(Places.ip(3));
        node.node.close();

        RunningNode next = world.node(1).over(store).start();

        assertThat(next.node.bannedPeers()).isEqualTo(1);
        assertNotAdmitted(world.stranger(2, 2), next.address);
        assertNotAdmitted(world.stranger(3, 3), next.address);
    }

    @Test
    void bansAreOverAfterTwoDaysAlsoInTheStore() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        RunningNode node = world.node(1).over(store).start();
        node.node.ban(Places.ip(3));
        node.node.close();
        world.clock.advance(Duration.ofDays(2));

        RunningNode next = world.node(1).over(store).start();

        assertThat(next.node.bannedPeers()).isZero();
        assertThat(store.bans()).isEmpty();
        world.stranger(3, 3).dial(next.address);
        next.awaitPeers(1);
    }

    @Test
    void closingSaysByeToAllAndStoresTheirStandings() throws Exception {
        RunningNode node = world.node(1).start();
        Line one = world.stranger(2, 2).dial(node.address);
        Line other = world.stranger(3, 3).dial(node.address);
        node.awaitPeers(2);
        one.say(COSTS_5);
        one.askForPeers();

        node.node.close();
        node.node.close();

        one.heard().awaitClosed();
        other.heard().awaitClosed();
        assertThat(one.heard().messages()).endsWith(BYE);
        assertThat(other.heard().messages()).containsExactly(BYE);
        assertThat(node.node.peers()).isEmpty();
        assertThat(standings(node.store)).containsOnlyKeys(Places.ip(2));
        assertThat(standings(node.store).get(Places.ip(2)).score()).isEqualTo(-5);
        assertThat(world.stranger(4, 4).failToDial(node.address)).isInstanceOf(Cause.PortClosed.class);
    }

    // A dial by order.

    @Test
    void aDialByOrderLiftsABanButNotABadStanding() throws Exception {
        RunningNode node = world.node(1).start();
        world.stranger(2, 2).listen(Places.at(2));
        node.node.ban(Places.ip(2));

        assertThat(node.node.dial(Places.target(new PeerAddress(MAPPED, Places.PORT))))
                .isTrue();
        node.awaitPeers(1);
        assertThat(node.node.bannedPeers()).isZero();

        misbehaveUntilBanned(world.stranger(3, 3).listen(Places.at(3)).dial(node.address));
        node.awaitPeers(1);
        node.node.dial(Places.target(Places.at(3)));
        node.legacy.awaitDials(2);
        assertThat(node.node.peers()).hasSize(1);
    }

    @Test
    void aDialByOrderOfAnIpThatIsBannedOnTheCommandLineFails() throws Exception {
        RunningNode node = world.node(1).banning(Places.ip(2)).start();
        world.stranger(2, 2).listen(Places.at(2));

        assertThat(node.node.dial(Places.target(Places.at(2)))).isTrue();

        node.legacy.awaitDials(1);
        assertThat(node.node.peers()).isEmpty();
    }

    @Test
    void aRestrictedNodeKeepsNobodyWhoIsNotOnItsListAlsoByOrder() throws Exception {
        RunningNode node = world.node(1).restrictedToPeers().start();
        Stranger stranger = world.stranger(2, 2).listen(Places.at(2));

        assertThat(node.node.dial(Places.target(Places.at(2)))).isTrue();

        stranger.awaitLine(0).heard().awaitClosed();
        assertThat(node.node.peers()).isEmpty();
    }

    @Test
    void aDialIsRefusedWhileSixtyFourGoOn() throws Exception {
        // A node that explores has a look at its address book, which is a dial, too.
        RunningNode node = world.node(1).restrictedToPeers().start();
        IntStream.range(0, Connector.MAX_DIALS).forEach(i -> world.wires.staySilentAt(Places.at(100 + i)));
        for (int i = 0; i < Connector.MAX_DIALS; i++) {
            assertThat(node.node.dial(Places.target(Places.at(100 + i)))).isTrue();
        }
        Await.until("all dials to begin", () -> node.legacy.dials().size() == Connector.MAX_DIALS);

        assertThat(node.node.dial(Places.target(Places.at(2)))).isFalse();
    }

    // Other orders.

    @Test
    void aFrozenNodeServesPeerListsAndNothingElse() throws Exception {
        RunningNode node = world.node(1).start();
        Line line = world.stranger(2, 2).dial(node.address);
        node.node.freeze();
        assertThat(node.node.frozen()).isTrue();
        line.say(new PeerMessage.BlockNotificationRequest());
        line.say(COSTS_100);
        line.askForPeers();
        assertThat(line.heard().messages()).hasSize(1);
        assertThat(node.onlyStanding().score()).isZero();

        node.node.unfreeze();
        line.say(new PeerMessage.BlockNotificationRequest());
        line.askForPeers();
        assertThat(line.heard().messages()).hasSize(3);
    }

    @Test
    void anOrderToShutDownReachesTheProgram() throws Exception {
        RunningNode node = world.node(1).start();

        node.node.shutdown();

        assertThat(node.shutdowns).hasValue(1);
    }

    @Test
    void aNodeTellsOfItself() throws Exception {
        RunningNode node = world.node(1).start();
        GenesisChain genesis = GenesisChain.of(new Network.RegTest());

        assertThat(node.node.network()).isEqualTo(new Network.RegTest());
        assertThat(node.node.ownListenAddress()).contains(node.address);
        assertThat(node.node.tipDigest()).isEqualTo(genesis.tip().digest());
        assertThat(node.node.tipHeader()).isEqualTo(genesis.tip().header());
        assertThat(node.node.addressBookSize()).isZero();
    }

    @Test
    void aPeerListTellsWhoCanBeDialledAndWhereInTheOrderOfAddresses() throws Exception {
        RunningNode node = world.node(1).start();
        IpAddress local = new IpAddress.V4(0x0A00_0005);
        world.stranger(local, Carrier.LEGACY_TCP, 5, Optional.of(1)).dial(node.address);
        world.stranger(Places.ip(9), Carrier.LEGACY_TCP, 9, Optional.of(1009)).dial(node.address);
        world.stranger(Places.ip(8), Carrier.LEGACY_TCP, 8, Optional.empty()).dial(node.address);
        Line asking = world.stranger(Places.ip(7), Carrier.LEGACY_TCP, 7, Optional.of(1007))
                .dial(node.address);
        node.awaitPeers(4);

        assertThat(asking.askForPeers().peers())
                .containsExactly(
                        new PeerListEntry(
                                new PeerAddress(Places.ip(7), 1007),
                                world.stranger(7, 7).instance()),
                        new PeerListEntry(
                                new PeerAddress(Places.ip(9), 1009),
                                world.stranger(9, 9).instance()));
    }

    @Test
    void aPeerListHasTheTenThatCameFirst() throws Exception {
        RunningNode node = world.node(1).places(20).start();
        for (int host = 30; host > 18; host--) {
            world.stranger(host, host).dial(node.address);
            node.awaitPeers(31 - host);
        }

        Line asking = world.stranger(2, 2).dial(node.address);

        assertThat(asking.askForPeers().peers())
                .extracting(entry -> entry.address())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(21, 30).mapToObj(Places::at).toList());
    }

    // A store that fails.

    @Test
    void aNodeLivesOnWhenItsStoreFails() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        RunningNode node = world.node(1)
                .over(FailingStore.over(new InMemoryPeerStore(), broken))
                .peer(Places.at(5))
                .start();
        node.legacy.awaitDials(1);
        broken.set(true);

        Line line = world.stranger(2, 2).dial(node.address);
        node.awaitPeers(1);
        misbehaveUntilBanned(line);
        node.awaitPeers(0);
        world.stranger(3, 3).dial(node.address);
        node.awaitPeers(1);
        world.stranger(5, 5).listen(Places.at(5));
        world.clock.advance(Duration.ofMinutes(2));
        node.awaitPeers(2);

        assertThatThrownBy(() -> node.node.ban(Places.ip(9))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> node.node.punishedPeers()).isInstanceOf(StoreException.class);
        assertThat(node.node.bannedPeers()).isZero();
    }

    @Test
    void aNodeDoesNotStartWithoutItsBans() {
        RunningNode node = world.node(1)
                .over(FailingStore.over(new InMemoryPeerStore(), new AtomicBoolean(true)))
                .build();

        assertThatThrownBy(node.node::start).isInstanceOf(StoreException.class);
    }

    // Legacy discovery is off on regtest.

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void nobodyIsAskedForPeersOnRegtestBeyondTheFirstTime(int rounds) throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        node.awaitPeers(1);
        Line line = peer.awaitLine(0);
        world.clock.advance(Connector.DISCOVERY.multipliedBy(rounds));
        line.askForPeers();

        assertThat(Collections.frequency(line.heard().messages(), new PeerMessage.PeerListRequest()))
                .isEqualTo(1);
        assertThat(node.legacy.dialled()).containsExactly(Places.at(2));
    }
}
