package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.Await;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.node.World.RunningNode;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.network.Network;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.SyncChallenge;
import proteus.domain.peer.PeerMessage.SyncChallengeResponse;
import proteus.domain.sync.BlockCoverage;

/** How syncs begin and end, what goes on meanwhile, and what answers to challenges cost. */
class SyncEndsTest {

    private static final Network NETWORK = new Network.TestnetMock();
    private static final int HEIGHT = 160;
    private static final ComposedChain CHAIN = ComposedChain.of(NETWORK).grow(HEIGHT, 1);
    private static final ServingChain SERVING = ServingChain.of(CHAIN);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aChainWithABadBlockIsNotFollowedAgain() throws Exception {
        ComposedChain bad = CHAIN.forkAt(70);
        bad.appendGreedy(3);
        bad.grow(200, 3);
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, bad, ServingChain.of(bad));
            RunningNode node = world.node(9).peer(Places.at(1)).start();

            // Asked when it connected, and again when the sync had failed.
            awaitHeard(source, new PeerMessage.BlockNotificationRequest(), 2);
            source.awaitLine(0).askForPeers();

            assertThat(node.height()).isBetween(6L, 70L);
            assertThat(node.sync.status()).isNotInstanceOf(SyncStatus.Syncing.class);
            assertThat(challenges(source)).isEqualTo(1);
            assertThat(node.sync.isBad(bad.tip().digest())).isTrue();
            assertThat(node.sync.isBad(bad.blocks().get(71).digest())).isTrue();
            assertThat(node.sync.isBad(bad.blocks().get(70).digest())).isFalse();
            // Who served it may have been deceived, too.
            assertThat(node.onlyStanding().score()).isZero();
        }
    }

    @Test
    void aSyncWithoutPeersEnds() throws Exception {
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, CHAIN, servingUpTo(50));
            RunningNode node = world.node(9).start();
            Stranger.Line line = source.dial(node.address);
            awaitSyncing(node, 50);

            line.connection().close();
            Await.until("the end", () -> {
                world.clock.advance(SECOND);
                return node.sync.status() instanceof SyncStatus.Unknown;
            });

            assertThat(node.height()).isBetween(1L, 50L);
        }
    }

    @Test
    void whatHasComeIsAppliedThoughAllPeersHaveLeft() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, CHAIN, SERVING);
            RunningNode node = world.node(9)
                    .having(SlowStore.adoptingLate(new InMemoryChainStore(), goOn))
                    .start();
            Stranger.Line line = source.dial(node.address);
            Await.until(
                    "the last block",
                    () -> node.sync.held(new BlockHeight(HEIGHT)).stream()
                            .anyMatch(Synchronisation.Held.Here.class::isInstance));

            line.connection().close();
            node.awaitPeers(0);
            for (int second = 0; second < 150; second++) {
                world.clock.advance(SECOND);
            }
            assertThat(node.sync.active()).isTrue();
            goOn.countDown();

            node.awaitSynced(HEIGHT);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void aSyncThatFailsMeanwhileIsOverWhenTheChainHasTakenWhatWasInHand() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, CHAIN, servingUpTo(100));
            RunningNode node = world.node(9)
                    .having(SlowStore.adoptingLate(new InMemoryChainStore(), goOn))
                    .start();
            Stranger.Line line = source.dial(node.address);
            Await.until(
                    "a block that waits",
                    () -> node.sync.held(new BlockHeight(100)).stream()
                            .anyMatch(Synchronisation.Held.Here.class::isInstance));
            line.connection().close();
            node.awaitPeers(0);
            goOn.countDown();

            Await.until("the end", () -> {
                world.clock.advance(SECOND);
                return !node.sync.active();
            });

            assertThat(node.height()).isEqualTo(100);
            assertThat(node.sync.status()).isInstanceOf(SyncStatus.Unknown.class);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void aStalledSyncEndsAndPeersAreAskedForTheirTips() throws Exception {
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, CHAIN, servingUpTo(50));
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            awaitSyncing(node, 50);
            long before = world.clock.millis();

            Await.until("the end", () -> {
                world.clock.advance(SECOND);
                return !node.sync.active();
            });

            assertThat(world.clock.millis() - before).isBetween(110_000L, 150_000L);
            awaitHeard(source, new PeerMessage.BlockNotificationRequest(), 2);
        }
    }

    @Test
    void aStoreThatFailsEndsTheNode() throws Exception {
        InMemoryChainStore store = new InMemoryChainStore();
        AtomicLong served = new AtomicLong();
        try (World world = new World(NETWORK)) {
            source(world, 1, CHAIN, message -> {
                if (message instanceof PeerMessage.ValidatedBlockRequestByHeight && served.incrementAndGet() == 40) {
                    store.fail(Optional.of(
                            new StoreException(StoreException.Store.CHAIN, StoreException.Reason.IO, "no more")));
                }
                return SERVING.apply(message);
            });
            RunningNode node = world.node(9).having(store).peer(Places.at(1)).start();

            Await.until("the end of the node", () -> node.shutdowns.get() > 0);

            assertThat(node.node.chainFailure()).isPresent();
            Await.until("the end of the sync", () -> !node.sync.active());
        }
    }

    @Test
    void aBlockThatFollowsTheTipDuringASyncIsFetchedWithIt() throws Exception {
        ComposedChain longer = CHAIN.forkAt(HEIGHT).grow(1, 1);
        ServingChain ofLonger = ServingChain.of(longer);
        AtomicBoolean found = new AtomicBoolean();
        try (World world = new World(NETWORK)) {
            Stranger source = source(world, 1, CHAIN, message -> {
                boolean held = message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)
                        && height.value() > 50
                        && !found.get();
                return held ? List.of() : ofLonger(message, ofLonger);
            });
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            awaitSyncing(node, 50);

            source.awaitLine(0)
                    .say(new PeerMessage.BlockNotificationWithPowWitness(
                            longer.tip().headerWithWitness()));
            awaitHeard(source, new PeerMessage.BlockRequestByHeight(new BlockHeight(HEIGHT + 1)), 1);
            found.set(true);
            Await.until(() -> "the end; " + node.sync.status(), () -> {
                world.clock.advance(Duration.ofMillis(50));
                return node.height() == HEIGHT + 1 && !node.sync.active();
            });

            assertThat(node.chain.tip().digest()).isEqualTo(longer.tip().digest());
            // At the end all are asked what they have found meanwhile.
            awaitHeard(source, new PeerMessage.BlockNotificationRequest(), 2);
        }
    }

    private static List<PeerMessage> ofLonger(PeerMessage message, ServingChain longer) {
        return message instanceof PeerMessage.BlockRequestByHeight ? longer.apply(message) : SERVING.apply(message);
    }

    @Test
    void aSyncingNodeGivesWhatWaitsAndTellsWhatItHas() throws Exception {
        MmrAccumulator anchor = SERVING.blocks().accumulator(HEIGHT + 1);
        MmrAccumulator smaller = SERVING.blocks().accumulator(100);
        MmrAccumulator other =
                ServingChain.of(ComposedChain.of(NETWORK).grow(100, 8)).blocks().accumulator(101);
        try (World world = new World(NETWORK)) {
            // Block 30 never comes, so those above it wait.
            source(world, 1, CHAIN, message -> {
                boolean held = message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)
                        && (height.value() == 30 || height.value() > 33);
                return held ? List.of() : SERVING.apply(message);
            });
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            awaitSyncing(node, 29);
            Await.until(
                    "what waits",
                    () -> node.sync.held(new BlockHeight(33)).stream()
                            .anyMatch(Synchronisation.Held.Here.class::isInstance));
            // What it tells of its blocks may be a second old.
            world.clock.advance(Duration.ofMillis(1100));

            Stranger.Line line = world.stranger(2, 2).dial(node.address);
            BlockHeight waiting = new BlockHeight(32);
            line.say(new PeerMessage.BlockRequestByHeight(waiting));
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(waiting, anchor));
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(waiting, smaller));
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(waiting, other));
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(new BlockHeight(140), anchor));
            BlockHeight applied = new BlockHeight(5);
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(applied, anchor));
            line.say(new PeerMessage.ValidatedBlockRequestByHeight(applied, smaller));
            line.askForPeers();

            assertThat(line.heard().messages())
                    .contains(new PeerMessage.Block(SERVING.block(waiting)))
                    .contains(SERVING.validated(waiting, anchor))
                    .contains(SERVING.validated(waiting, smaller))
                    .contains(SERVING.validated(applied, anchor))
                    .contains(SERVING.validated(applied, smaller))
                    .contains(new PeerMessage.UnableToSatisfyBatchRequest())
                    .contains(new PeerMessage.SyncCoverage(
                            BlockCoverage.of(30, HEIGHT + 1L, height -> height > 30 && height <= 33)
                                    .toTransfer()));
            assertThat(node.node.peers().getLast().standing().score()).isZero();
        }
    }

    @Test
    void aBatchDuringASyncIsCheckedAndUsed() throws Exception {
        try (World world = new World(NETWORK)) {
            source(world, 1, CHAIN, servingUpTo(50));
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            awaitSyncing(node, 50);
            Stranger.Line line = world.stranger(2, 2).dial(node.address);

            assertThat(costOf(line, node, batch())).as("nothing").isEqualTo(-2);
            assertThat(costOf(line, node, batch(60, 61))).as("an unknown start").isEqualTo(-2);
            assertThat(costOf(line, node, batch(51, 53))).as("a gap").isEqualTo(-10);
            PeerMessage forged = new PeerMessage.BlockResponseBatch(List.of(
                    new AuthenticatedBlock(SERVING.block(new BlockHeight(51)), new MmrMembershipProof(List.of()))));
            assertThat(costOf(line, node, forged)).as("a forged path").isEqualTo(-4);
            assertThat(costOf(line, node, batch(51, 52))).as("good blocks").isEqualTo(20);

            assertThat(node.height()).isEqualTo(52);
        }
    }

    private static int costOf(Stranger.Line line, RunningNode node, PeerMessage message) throws Exception {
        int before = node.node.peers().getLast().standing().score();
        line.say(message);
        line.askForPeers();
        return node.node.peers().getLast().standing().score() - before;
    }

    private static PeerMessage batch(long... heights) {
        MmrAccumulator anchor = SERVING.blocks().accumulator(HEIGHT + 1);
        return new PeerMessage.BlockResponseBatch(LongStream.of(heights)
                .mapToObj(height ->
                        SERVING.validated(new BlockHeight(height), anchor).block())
                .toList());
    }

    @Test
    void noBlockIsReadForTheChallengeThatBans() throws Exception {
        InMemoryChainStore store = InMemoryChainStore.of(CHAIN);
        try (World world = new World(NETWORK)) {
            RunningNode node = world.node(9).having(store).start();
            Stranger.Line line = world.stranger(1, 1).dial(node.address);
            PeerMessage challenge = new SyncChallenge(
                    CHAIN.tip().digest(), Collections.nCopies(SyncChallenge.SIZE, new BlockHeight(5)));
            for (int i = 0; i < 33; i++) {
                line.say(challenge);
            }
            line.askForPeers();
            assertThat(node.onlyStanding().score()).isEqualTo(-990);

            store.fail(Optional.of(
                    new StoreException(StoreException.Store.CHAIN, StoreException.Reason.IO, "must not be read")));
            line.say(challenge);
            node.awaitEnded(1);

            assertThat(node.node.chainFailure()).isEmpty();
            store.fail(Optional.empty());
        }
    }

    /** What a peer does instead of answering its challenge, and what that costs. */
    record Answer(String what, int standing, UnaryOperator<SyncChallengeResponse> spoilt, Duration late) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Answer> answers() {
        Duration none = Duration.ZERO;
        return Stream.of(
                new Answer("in time", 0, good -> good, Duration.ofSeconds(200)),
                new Answer("late", -10, good -> good, Duration.ofSeconds(201)),
                new Answer("very late", -10, good -> good, Duration.ofSeconds(260)),
                new Answer("another tip", -300, good -> with(good, good.tipParent(), good.tipParent()), none),
                new Answer(
                        "another parent",
                        -300,
                        good -> with(good, good.blocks().getFirst().parent(), good.tip()),
                        none),
                new Answer(
                        "paths in another order",
                        -300,
                        good -> new SyncChallengeResponse(
                                good.blocks(),
                                good.membershipProofs().reversed(),
                                good.tipParent(),
                                good.tip(),
                                good.powWitnesses()),
                        none));
    }

    private static SyncChallengeResponse with(SyncChallengeResponse good, TransferBlock tipParent, TransferBlock tip) {
        return new SyncChallengeResponse(good.blocks(), good.membershipProofs(), tipParent, tip, good.powWitnesses());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersToChallengesCostWhatUpstreamTakes(Answer answer) throws Exception {
        try (World world = new World(NETWORK)) {
            Stranger source = source(
                    world, 1, CHAIN, message -> message instanceof SyncChallenge ? List.of() : SERVING.apply(message));
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            Await.until("a challenge", () -> challenges(source) == 1);
            for (Duration passed = Duration.ZERO; passed.compareTo(answer.late) < 0; passed = passed.plus(SECOND)) {
                world.clock.advance(SECOND);
                source.lines().getFirst().askForPeers();
            }
            assertThat(node.sync.status())
                    .isEqualTo(
                            answer.late.toSeconds() > 220 ? new SyncStatus.Unknown() : new SyncStatus.Challenging(1));

            Stranger.Line line = source.lines().getFirst();
            SyncChallenge challenge = line.heard().messages().stream()
                    .filter(SyncChallenge.class::isInstance)
                    .map(SyncChallenge.class::cast)
                    .findAny()
                    .orElseThrow();
            line.say(answer.spoilt.apply(SERVING.answer(challenge)));
            line.askForPeers();

            assertThat(node.onlyStanding().score()).isEqualTo(answer.standing);
            if (answer.standing == 0) {
                node.awaitSynced(HEIGHT);
            } else {
                assertThat(node.sync.active()).isFalse();
                assertThat(node.height()).isZero();
                line.say(SERVING.answer(challenge));
                line.askForPeers();
                assertThat(node.onlyStanding().score()).as("nobody asked").isEqualTo(answer.standing - 1);
            }
        }
    }

    @Test
    void anAnswerToAChallengeThatWasGivenUpDoesNotSpoilTheNextOne() throws Exception {
        try (World world = new World(NETWORK)) {
            Stranger source = source(
                    world, 1, CHAIN, message -> message instanceof SyncChallenge ? List.of() : SERVING.apply(message));
            RunningNode node = world.node(9).peer(Places.at(1)).start();
            Await.until("a challenge", () -> challenges(source) == 1);
            Stranger.Line line = source.lines().getFirst();
            PeerMessage announcement =
                    SERVING.apply(new PeerMessage.BlockNotificationRequest()).getFirst();
            for (int tens = 0; tens < 80; tens++) {
                pass(world, line);
                line.say(announcement);
            }
            line.askForPeers();
            assertThat(challenges(source)).as("within ten minutes").isEqualTo(1);
            for (int tens = 0; tens < 5; tens++) {
                pass(world, line);
            }
            line.say(announcement);
            line.askForPeers();
            assertThat(challenges(source)).isEqualTo(2);

            List<SyncChallenge> asked = line.heard().messages().stream()
                    .filter(SyncChallenge.class::isInstance)
                    .map(SyncChallenge.class::cast)
                    .toList();
            line.say(SERVING.answer(asked.getFirst()));
            line.askForPeers();
            assertThat(node.onlyStanding().score()).isEqualTo(-10);
            line.say(SERVING.answer(asked.getLast()));

            node.awaitSynced(HEIGHT);
            assertThat(node.onlyStanding().score()).isEqualTo(-10);
        }
    }

    private static void pass(World world, Stranger.Line line) throws Exception {
        world.clock.advance(SECOND.multipliedBy(10));
        line.askForPeers();
    }

    @Test
    void onePeerIsChallengedAtATime() throws Exception {
        try (World world = new World(NETWORK)) {
            Stranger silent = source(
                    world, 1, CHAIN, message -> message instanceof SyncChallenge ? List.of() : SERVING.apply(message));
            RunningNode node = world.node(9).start();
            Stranger.Line line = silent.dial(node.address);
            Await.until("a challenge", () -> challenges(silent) == 1);
            Stranger good = source(world, 2, CHAIN, SERVING);
            Stranger.Line other = good.dial(node.address);
            awaitHeard(good, new PeerMessage.BlockNotificationRequest(), 1);
            other.askForPeers();
            assertThat(challenges(good)).isZero();

            line.connection().close();

            node.awaitSynced(HEIGHT);
            assertThat(challenges(good)).isEqualTo(1);
        }
    }

    private static Stranger source(
            World world, int host, ComposedChain chain, Function<PeerMessage, List<PeerMessage>> how) throws Exception {
        return world.stranger(host, host).answering(chain.tip().header(), how).listen(Places.at(host));
    }

    private static Function<PeerMessage, List<PeerMessage>> servingUpTo(long highest) {
        return message -> message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)
                        && height.value() > highest
                ? List.of()
                : SERVING.apply(message);
    }

    private static void awaitSyncing(RunningNode node, long height) {
        Await.until(
                () -> "a sync at " + height + "; " + node.sync.status(),
                () -> node.sync.status() instanceof SyncStatus.Syncing at && at.height() >= height);
    }

    private static void awaitHeard(Stranger stranger, PeerMessage message, int times) {
        Await.until(
                () -> times + " times " + message,
                () -> stranger.lines().stream().anyMatch(line -> line.heard(message) >= times));
    }

    private static long challenges(Stranger stranger) {
        return stranger.lines().stream()
                .flatMap(line -> line.heard().messages().stream())
                .filter(SyncChallenge.class::isInstance)
                .count();
    }
}
