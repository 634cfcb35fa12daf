package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.node.Stranger.Line;
import proteus.application.node.World.RunningNode;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;

/** How a node finds peers over the legacy stack: chapter 4.2. */
@Timeout(60)
final class LegacyDiscoveryTest {

    private static final PeerMessage REQUEST = new PeerMessage.PeerListRequest();

    private final World world = new World(new Network.TestnetMock());

    @AfterEach
    void close() {
        world.close();
    }

    private static PeerListEntry entry(PeerAddress address, long instance) {
        return new PeerListEntry(address, new InstanceId(7, instance));
    }

    private static PeerMessage list(PeerListEntry... entries) {
        return new PeerMessage.PeerListResponse(List.of(entries));
    }

    private RunningNode nodeThatKnowsAPeer() throws Exception {
        RunningNode node = world.node(1).peer(Places.at(2)).start();
        node.awaitPeers(1);
        return node;
    }

    private static void awaitRequests(Line line, int count) {
        Await.until(() -> count + " requests; heard: " + line.heard().messages(), () -> line.heard(REQUEST) >= count);
        assertThat(line.heard(REQUEST)).isEqualTo(count);
    }

    @Test
    void peersAreAskedForPeersAtTheStartAndEveryTwoMinutes() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        nodeThatKnowsAPeer();
        Line line = peer.awaitLine(0);
        awaitRequests(line, 1);

        for (int round = 2; round < 5; round++) {
            world.clock.advance(Connector.DISCOVERY.minusMillis(1));
            line.askForPeers();
            assertThat(line.heard(REQUEST)).isEqualTo(round - 1);
            world.clock.advance(Duration.ofMillis(1));
            awaitRequests(line, round);
        }
    }

    @Test
    void onePeerOfThoseToldOfIsDialledInEachRound() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        world.stranger(3, 3).listen(Places.at(3));
        world.stranger(4, 4).listen(Places.at(4));
        RunningNode node = nodeThatKnowsAPeer();
        Line line = peer.awaitLine(0);
        line.say(list(entry(Places.at(3), 3), entry(Places.at(4), 4)));
        line.askForPeers();
        assertThat(node.node.peers()).hasSize(1);

        world.clock.advance(Connector.DISCOVERY);
        node.awaitPeers(2);
        world.clock.advance(Connector.DISCOVERY);
        node.awaitPeers(3);

        assertThat(node.legacy.dialled()).containsExactlyInAnyOrder(Places.at(2), Places.at(3), Places.at(4));
    }

    @Test
    void aFreshlyDialledPeerIsAskedForPeersAndTheFarthestIsDialledNext() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        Stranger near = world.stranger(3, 3).listen(Places.at(3));
        world.stranger(5, 5).listen(Places.at(5));
        RunningNode node = nodeThatKnowsAPeer();
        peer.awaitLine(0).say(list(entry(Places.at(3), 3)));
        peer.awaitLine(0).askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        awaitRequests(near.awaitLine(0), 1);
        node.awaitPeers(2);

        // The nearer one is told of first and has a smaller address.
        peer.awaitLine(0).say(list(entry(Places.at(4), 4)));
        peer.awaitLine(0).askForPeers();
        near.awaitLine(0).say(list(entry(Places.at(5), 5)));
        near.awaitLine(0).askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        node.awaitPeers(3);

        assertThat(node.legacy.dialled()).containsExactly(Places.at(2), Places.at(3), Places.at(5));
    }

    @Test
    void selfTheConnectedTheBannedAndTheLocalAreNotDialled() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = nodeThatKnowsAPeer();
        Line line = peer.awaitLine(0);
        IpAddress local = new IpAddress.V4(0xC0A8_0001);
        node.node.ban(Places.ip(9));
        line.say(list(
                new PeerListEntry(Places.at(8), node.node.ownInstanceId()),
                entry(Places.at(2), 99),
                entry(Places.at(7), 2),
                entry(Places.at(9), 9),
                entry(new PeerAddress(local, Places.PORT), 10),
                entry(new PeerAddress(Places.ip(11), 0), 11)));
        line.askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        awaitRequests(line, 2);

        assertThat(node.legacy.dialled()).containsExactly(Places.at(2));
    }

    @Test
    void aListThatIsTooLongCostsTwoAndIsUsed() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        world.stranger(20, 20).listen(Places.at(20));
        RunningNode node = nodeThatKnowsAPeer();
        Line line = peer.awaitLine(0);
        List<PeerListEntry> flood = new ArrayList<>();
        IntStream.range(0, 11).forEach(i -> flood.add(entry(Places.at(20 + i), 20 + i)));
        line.say(new PeerMessage.PeerListResponse(flood));
        line.askForPeers();
        assertThat(node.onlyStanding().score()).isEqualTo(-2);

        world.clock.advance(Connector.DISCOVERY);
        node.legacy.awaitDials(2);
        assertThat(node.legacy.dialled().getLast().port()).isEqualTo(Places.PORT);
    }

    @Test
    void aPeerThatCannotBeReachedIsForgotten() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = nodeThatKnowsAPeer();
        Line line = peer.awaitLine(0);
        line.say(list(entry(Places.at(3), 3)));
        line.askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        node.legacy.awaitDials(2);

        world.clock.advance(Connector.DISCOVERY);
        awaitRequests(line, 3);

        assertThat(node.legacy.dialled()).containsExactly(Places.at(2), Places.at(3));
    }

    @Test
    void aNodeThatIsFullLooksForNobody() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).places(1).peer(Places.at(2)).start();
        node.awaitPeers(1);
        Line line = peer.awaitLine(0);
        line.say(list(entry(Places.at(3), 3)));
        line.askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        line.askForPeers();

        assertThat(line.heard(REQUEST)).isEqualTo(1);
        assertThat(node.legacy.dialled()).containsExactly(Places.at(2));
    }

    @Test
    void aNodeRestrictedToItsPeersLooksForNobody() throws Exception {
        Stranger peer = world.stranger(2, 2).listen(Places.at(2));
        RunningNode node = world.node(1).restrictedToPeers().peer(Places.at(2)).start();
        node.awaitPeers(1);
        Line line = peer.awaitLine(0);
        line.say(list(entry(Places.at(3), 3)));
        line.askForPeers();
        world.clock.advance(Connector.DISCOVERY);
        line.askForPeers();

        assertThat(line.heard(REQUEST)).isEqualTo(1);
        assertThat(node.legacy.dialled()).containsExactly(Places.at(2));
    }
}
