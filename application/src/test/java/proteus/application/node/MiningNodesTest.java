package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.ProposalPolicy;
import proteus.application.node.World.RunningNode;
import proteus.domain.network.Network;

/** Three nodes in a line: what one mines comes to the others. */
@Timeout(120)
final class MiningNodesTest {

    private static final Duration BLINK = Duration.ofMillis(1500);

    private static void awaitSameTip(World world, RunningNode miner, RunningNode... others) {
        for (RunningNode other : others) {
            Await.until(
                    () -> "the tip of " + miner.address + " at " + other.address + ", height "
                            + other.node.tipHeader().height() + " of "
                            + miner.node.tipHeader().height(),
                    () -> {
                        // An inbound announcer may have to wait for its turn.
                        world.clock.advance(BLINK);
                        return other.node.tipDigest().equals(miner.node.tipDigest());
                    });
        }
    }

    @Test
    void blocksThatAnEndOfALineMinesReachTheOtherEnd() throws Exception {
        try (World world = new World(new Network.RegTest())) {
            RunningNode first = world.node(1).start();
            RunningNode middle = world.node(2).peer(first.address).start();
            RunningNode last = world.node(3).peer(middle.address).start();
            first.awaitPeers(1);
            middle.awaitPeers(2);

            first.node.mining().mine(3);
            awaitSameTip(world, first, middle, last);
            assertThat(last.node.tipHeader().height().value()).isEqualTo(3);

            last.node.mining().mine(1);
            awaitSameTip(world, last, middle, first);
            assertThat(first.node.tipHeader().height().value()).isEqualTo(4);
            assertThat(first.onlyStanding().score()).isNotNegative();
            assertThat(last.onlyStanding().score()).isNotNegative();
        }
    }

    @Test
    void oneComposesAnotherRelaysAThirdGuessesAndAllHaveTheBlock() throws Exception {
        try (World world = new World(new Network.RegTest())) {
            RunningNode composer = world.node(1).mining(settings(true, false)).start();
            RunningNode relay = world.node(2).peer(composer.address).start();
            RunningNode guesser = world.node(3)
                    .peer(relay.address)
                    .mining(settings(false, true))
                    .start();
            composer.awaitPeers(1);
            relay.awaitPeers(2);
            guesser.awaitPeers(1);

            Await.until(
                    () -> "a block; heights "
                            + composer.node.tipHeader().height() + " and "
                            + guesser.node.tipHeader().height(),
                    () -> {
                        world.clock.advance(BLINK);
                        return guesser.node.tipHeader().height().value() >= 1
                                && composer.node.tipHeader().height().value() >= 1;
                    });
            assertThat(relay.node.tipHeader().height().value()).isPositive();
        }
    }

    private static MiningSettings settings(boolean composes, boolean guesses) {
        MiningSettings usual = MiningSettings.DEFAULT;
        return new MiningSettings(
                composes, guesses, 1, usual.minimumGuesserFraction(), usual.receiver(), ProposalPolicy.OPEN);
    }
}
