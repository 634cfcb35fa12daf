package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerId;

/** A world with honest nodes and peers, and somebody who is not. */
final class TrustSetting implements AutoCloseable {

    static final Network NETWORK = new Network.RegTest();

    final World world = new World(NETWORK);

    /** A Proteus node that anybody can reach on both stacks. */
    RunningNode node(int host) throws Exception {
        return plan(host).start();
    }

    World.Plan plan(int host) {
        MigrationSettings usual = MigrationSettings.DEFAULT;
        return world.node(host)
                .migrating(new MigrationSettings(
                        Optional.of(Stage.DUAL),
                        Optional.empty(),
                        false,
                        usual.atOnce(),
                        usual.minPeers(),
                        usual.movesPerDay(),
                        Map.of()));
    }

    CoreLike core(int host) throws Exception {
        return CoreLike.at(world, NETWORK, host, host);
    }

    Claimant claimant(int host, Carrier carrier) {
        return new Claimant(world, NETWORK, host, carrier);
    }

    Claimant claimant(IpAddress host, Carrier carrier, PeerId id) {
        return new Claimant(world, NETWORK, host, carrier, id);
    }

    static void set(RunningNode node, Stage stage) throws Exception {
        node.node.migration().set(new Rollout(stage, 100), "the test");
    }

    static List<JournalEntry.Moved> moves(RunningNode node) {
        try {
            return node.node.migration().journal(Optional.empty(), 1000).stream()
                    .filter(JournalEntry.Moved.class::isInstance)
                    .map(JournalEntry.Moved.class::cast)
                    .toList();
        } catch (StoreException failure) {
            throw new AssertionError(failure);
        }
    }

    /** What connects {@code node} with the peer at this host. */
    static List<Description> with(RunningNode node, int host) {
        return node.node.peers().stream()
                .map(peer -> peer.connection())
                .filter(connection -> connection.address().ip().equals(Places.ip(host)))
                .toList();
    }

    void awaitStack(RunningNode node, int host, Stack stack) {
        world.passUntil(
                () -> stack + " with host " + host + "; there is " + with(node, host) + ", "
                        + node.node.migration().status() + moves(node),
                () -> with(node, host).size() == 1
                        && with(node, host).getFirst().stack() == stack
                        && node.node.migration().status().moving() == 0);
    }

    /** The session with this host is the one that began when the world did. */
    static void assertNeverLost(RunningNode node, int host) {
        assertThat(node.node.peers())
                .filteredOn(peer -> peer.connection().address().ip().equals(Places.ip(host)))
                .singleElement()
                .satisfies(
                        peer -> assertThat(peer.since()).isEqualTo(proteus.application.contract.ManualScheduler.START));
    }

    @Override
    public void close() {
        world.close();
    }
}
