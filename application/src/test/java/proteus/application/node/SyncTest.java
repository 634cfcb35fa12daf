package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Await;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.node.World.RunningNode;
import proteus.application.port.SyncStatus;
import proteus.application.sync.SyncSettings;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.network.Network;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferSyncBitMask;

/** Whole nodes that catch up with others, and peers that are no help. */
class SyncTest {

    private static final Network NETWORK = new Network.TestnetMock();
    private static final int HEIGHT = 200;
    private static final ComposedChain CHAIN = ComposedChain.of(NETWORK).grow(HEIGHT, 1);
    private static final ServingChain SERVING = ServingChain.of(CHAIN);

    /** So little time passes between two looks that nobody who answers is late. */
    private static final Duration STEP = Duration.ofMillis(10);

    @Test
    void aFreshNodeFetchesTheChainOfItsOnlyPeer() throws Exception {
        ComposedChain chain = ComposedChain.of(NETWORK).grow(300, 2);
        try (World world = new World(NETWORK)) {
            RunningNode source = world.node(1).having(chain).start();
            RunningNode fresh = world.node(2).peer(source.address).start();

            fresh.awaitSynced(300);

            assertThat(fresh.chain.tip().digest()).isEqualTo(chain.tip().digest());
            assertThat(fresh.onlyStanding().score()).isZero();
            assertThat(source.onlyStanding().score()).isEqualTo(-30);
        }
    }

    @Test
    void aFreshNodeFetchesFromAllThatHaveTheChain() throws Exception {
        try (World world = new World(NETWORK)) {
            Counted first = new Counted(SERVING);
            Counted second = new Counted(SERVING);
            Counted third = new Counted(SERVING);
            RunningNode fresh = fresh(world, first, second, third);

            fresh.awaitSynced(HEIGHT);

            // Each block was asked for once, but for what the search for the first one took.
            assertThat(first.blocks.get() + second.blocks.get() + third.blocks.get())
                    .isBetween((long) HEIGHT, HEIGHT + 10L);
        }
    }

    @Test
    void aBetterChainWithAnotherPastReplacesTheOwnOne() throws Exception {
        ComposedChain own = ComposedChain.of(NETWORK).grow(150, 5);
        ComposedChain better = own.forkAt(20).grow(380, 6);
        try (World world = new World(NETWORK)) {
            Counted source = new Counted(ServingChain.of(better));
            RunningNode node = world.node(9)
                    .having(own)
                    .peer(listening(world, 1, better, source))
                    .start();

            node.awaitSynced(400);

            assertThat(node.chain.tip().digest()).isEqualTo(better.tip().digest());
            // What both have is looked for, not fetched.
            assertThat(source.blocks.get()).isBetween(380L, 380L + 25);
        }
    }

    @Test
    void aSyncThatWasStoppedGoesOnWhereItWas() throws Exception {
        InMemoryChainStore store = new InMemoryChainStore();
        try (World world = new World(NETWORK)) {
            Counted source = new Counted(servingAtMost(120));
            RunningNode node = world.node(9)
                    .having(store)
                    .peer(listening(world, 1, CHAIN, source))
                    .build();
            node.node.start();
            Await.until(() -> "some blocks; has " + node.height(), () -> node.height() >= 100);
        }
        long before = height(store);

        try (World world = new World(NETWORK)) {
            Counted source = new Counted(SERVING);
            RunningNode node = world.node(9)
                    .having(store)
                    .syncing(new SyncSettings(10, 1 << 20))
                    .peer(listening(world, 1, CHAIN, source))
                    .start();

            node.awaitSynced(HEIGHT);

            assertThat(source.blocks.get()).isBetween(HEIGHT - before, HEIGHT - before + 4);
        }
    }

    @Test
    void blocksThatWaitTakeNoMoreMemoryThanTheyMay() throws Exception {
        int memory = 64 << 10;
        AtomicLong most = new AtomicLong();
        try (World world = new World(NETWORK)) {
            // The second block does not come at once: all that fit wait for it.
            RunningNode fresh = world.node(9)
                    .syncing(new SyncSettings(100, memory))
                    .peer(listening(world, 1, CHAIN, withholding(2, SERVING)))
                    .start();
            Await.until("the sync", () -> {
                world.clock.advance(STEP);
                most.accumulateAndGet(fresh.sync.waitingBytes(), Math::max);
                return fresh.height() == HEIGHT;
            });
        }

        assertThat(most.get()).isBetween(memory / 4L, memory + 8L * 1024);
    }

    @Test
    void aPeerThatGivesABlockAMinuteHoldsUpNothing() throws Exception {
        try (World world = new World(NETWORK)) {
            AtomicLong last = new AtomicLong();
            Function<PeerMessage, List<PeerMessage>> slow = message -> {
                long now = world.clock.millis();
                if (message instanceof PeerMessage.ValidatedBlockRequestByHeight
                        && now - last.get() < Duration.ofMinutes(1).toMillis()) {
                    return List.of();
                }
                last.set(message instanceof PeerMessage.ValidatedBlockRequestByHeight ? now : last.get());
                return SERVING.apply(message);
            };
            RunningNode fresh = fresh(world, slow, SERVING);

            awaitSynced(world, fresh);

            assertThat(Duration.between(ManualScheduler.START, world.clock.instant()))
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void aPeerThatFallsSilentIsPunishedAndTheOthersGiveTheRest() throws Exception {
        try (World world = new World(NETWORK)) {
            RunningNode fresh = fresh(world, servingAtMost(30));
            Await.until("a punishment", () -> {
                world.clock.advance(STEP);
                return standingOf(fresh, 1).filter(score -> score < 0).isPresent();
            });
            assertThat(standing(fresh, 1)).isEqualTo(new NegativePeerSanction.SynchronizationTimeout().severity());
            assertThat(Duration.between(ManualScheduler.START, world.clock.instant()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
            assertThat(fresh.height()).isLessThan(HEIGHT);

            world.stranger(2, 2).answering(CHAIN.tip().header(), SERVING).dial(fresh.address);
            awaitSynced(world, fresh);
        }
    }

    @Test
    void aForgedPathCostsItsSender() throws Exception {
        liesAreFound(
                -4,
                height -> new PeerMessage.ValidatedBlock(
                        new AuthenticatedBlock(SERVING.block(height), new MmrMembershipProof(List.of(Digest.ZERO)))));
    }

    @Test
    void aBadBodyUnderAGoodHeaderCostsItsSender() throws Exception {
        liesAreFound(-4, height -> {
            TransferBlock good = SERVING.block(height);
            TransferBlock other = SERVING.block(height.next().value() > HEIGHT ? new BlockHeight(1) : height.next());
            TransferBlock bad = new TransferBlock(good.header(), other.body(), good.appendix(), good.proof());
            return new PeerMessage.ValidatedBlock(new AuthenticatedBlock(
                    bad, SERVING.blocks().path(height.value(), HEIGHT + 1).orElseThrow()));
        });
    }

    @Test
    void genesisCostsItsSender() throws Exception {
        liesAreFound(
                -50,
                height -> new PeerMessage.ValidatedBlock(new AuthenticatedBlock(
                        new TransferBlock(
                                CHAIN.blocks().getFirst().header(),
                                SERVING.block(height).body(),
                                SERVING.block(height).appendix(),
                                SERVING.block(height).proof()),
                        new MmrMembershipProof(List.of()))));
    }

    @Test
    void anAbsurdBitMaskCostsItsSender() throws Exception {
        liesAreFound(
                -100, _ -> new PeerMessage.SyncCoverage(new TransferSyncBitMask(5, 1L << 60, U32Sequence.of(1, 2))));
    }

    @Test
    void aPeerThatHasNothingToGiveIsLeftAlone() throws Exception {
        liesAreFound(0, _ -> new PeerMessage.UnableToSatisfyBatchRequest());
        liesAreFound(0, _ -> new PeerMessage.SyncCoverage(new TransferSyncBitMask(1, 1, U32Sequence.empty())));
    }

    /** One peer answers each request like this, the other one well: the sync ends, and the liar has paid for each lie. */
    private static void liesAreFound(int severity, Function<BlockHeight, PeerMessage> lie) throws Exception {
        try (World world = new World(NETWORK)) {
            AtomicLong lies = new AtomicLong();
            Function<PeerMessage, List<PeerMessage>> liar = message -> {
                if (message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)) {
                    lies.incrementAndGet();
                    return List.of(lie.apply(height));
                }
                return SERVING.apply(message);
            };
            RunningNode fresh = fresh(world, liar, SERVING);

            awaitSynced(world, fresh);

            assertThat(lies.get()).isPositive();
            long most = severity * lies.get();
            // It also answers nothing of use, which costs 2 now and then.
            if (standingOf(fresh, 1).isPresent()) {
                assertThat((long) standing(fresh, 1)).isBetween(most - 40, severity == 0 ? 0L : (long) severity);
            }
            assertThat(standing(fresh, 2)).isZero();
        }
    }

    @Test
    void aPeerThatClaimsAHeightItCannotShowHoldsUpNothing() throws Exception {
        BlockHeader tip = CHAIN.tip().header();
        BlockHeader absurd = new BlockHeader(
                tip.version(),
                new BlockHeight(1_000_000),
                tip.prevBlockDigest(),
                tip.timestamp(),
                tip.pow(),
                tip.cumulativeProofOfWork(),
                tip.difficulty(),
                tip.guesserReceiverData());
        try (World world = new World(NETWORK)) {
            Stranger liar = world.stranger(1, 1)
                    .answering(absurd, message -> switch (message) {
                        case PeerMessage.BlockNotificationRequest() ->
                            List.of(new PeerMessage.BlockNotificationWithPowWitness(new BlockHeaderWithBlockHashWitness(
                                    absurd, CHAIN.tip().witness())));
                        default -> List.of();
                    })
                    .listen(Places.at(1));
            RunningNode fresh = world.node(9)
                    .peer(Places.at(1))
                    .peer(listening(world, 2, CHAIN, SERVING))
                    .start();

            // The liar may have been challenged first; after a while it is the other's turn.
            Await.until(() -> "the sync; " + fresh.height() + ", " + fresh.sync.status(), () -> {
                world.clock.advance(Duration.ofMillis(100));
                return fresh.height() == HEIGHT && fresh.sync.status() instanceof SyncStatus.Synced;
            });
            assertThat(Duration.between(ManualScheduler.START, world.clock.instant()))
                    .isLessThan(Duration.ofSeconds(90));

            assertThat(liar.lines()).isNotEmpty();
            assertThat(standing(fresh, 1)).isLessThanOrEqualTo(0);
            assertThat(standing(fresh, 2)).isZero();
        }
    }

    @Test
    void orphansAndBlocksOfAncientForksAreIgnoredDuringASync() throws Exception {
        ComposedChain fork = CHAIN.forkAt(3).grow(5, 7);
        ServingChain ofFork = ServingChain.of(fork);
        try (World world = new World(NETWORK)) {
            Function<PeerMessage, List<PeerMessage>> odd = message -> {
                if (message instanceof PeerMessage.ValidatedBlockRequestByHeight(var height, var _)) {
                    return List.of(
                            new PeerMessage.Block(ofFork.block(new BlockHeight(8))),
                            new PeerMessage.Block(SERVING.block(new BlockHeight(HEIGHT / 2))),
                            SERVING.apply(message).getFirst());
                }
                return SERVING.apply(message);
            };
            RunningNode fresh = fresh(world, odd);

            awaitSynced(world, fresh);

            assertThat(fresh.onlyStanding().score()).isZero();
        }
    }

    @Test
    void impossibleChallengesCostWhoMakesThem() throws Exception {
        try (World world = new World(NETWORK)) {
            RunningNode node = world.node(9).having(CHAIN).start();
            Stranger.Line line = world.stranger(1, 1).dial(node.address);
            for (long height : new long[] {0, 1, HEIGHT, HEIGHT + 5, -0x1_0000_0000L}) {
                line.say(challenge(CHAIN.tip().digest(), height));
            }
            line.say(challenge(Digest.ZERO, 5));
            line.say(challenge(CHAIN.blocks().get(9).digest(), 5));
            line.askForPeers();

            assertThat(node.onlyStanding().score()).isEqualTo(-80 * 7);

            line.say(challenge(CHAIN.tip().digest(), 5));
            line.askForPeers();

            assertThat(node.onlyStanding().score()).isEqualTo(-80 * 7 - 30);
            assertThat(line.heard().messages())
                    .contains(SERVING.answer(challenge(CHAIN.tip().digest(), 5)));
        }
    }

    private static PeerMessage.SyncChallenge challenge(Digest tip, long height) {
        return new PeerMessage.SyncChallenge(
                tip, Collections.nCopies(PeerMessage.SyncChallenge.SIZE, new BlockHeight(height)));
    }

    /** A fresh node whose peers, from host 1 on, behave like these. */
    @SafeVarargs
    private static RunningNode fresh(World world, Function<PeerMessage, List<PeerMessage>>... peers) throws Exception {
        World.Plan plan = world.node(9);
        for (int i = 0; i < peers.length; i++) {
            plan.peer(listening(world, i + 1, CHAIN, peers[i]));
        }
        return plan.start();
    }

    private static PeerAddress listening(
            World world, int host, ComposedChain chain, Function<PeerMessage, List<PeerMessage>> how) throws Exception {
        world.stranger(host, host).answering(chain.tip().header(), how).listen(Places.at(host));
        return Places.at(host);
    }

    private static void awaitSynced(World world, RunningNode node) {
        Await.until(() -> "the sync; " + node.height() + ", " + node.sync.status(), () -> {
            world.clock.advance(STEP);
            return node.height() == HEIGHT && node.sync.status() instanceof SyncStatus.Synced;
        });
    }

    private static Optional<Integer> standingOf(RunningNode node, int host) {
        return node.node.peers().stream()
                .filter(peer -> peer.connection().address().equals(Places.at(host)))
                .map(peer -> peer.standing().score())
                .findAny();
    }

    private static int standing(RunningNode node, int host) {
        return standingOf(node, host).orElseThrow();
    }

    private static long height(InMemoryChainStore store) throws Exception {
        return store.header(store.tip().orElseThrow())
                .orElseThrow()
                .header()
                .height()
                .value();
    }

    private static boolean isFor(PeerMessage message, long height) {
        return message instanceof PeerMessage.ValidatedBlockRequestByHeight(var asked, var _)
                && asked.value() == height;
    }

    /** Never gives the first block it is asked for at this height; a second request for it is answered. */
    private static Function<PeerMessage, List<PeerMessage>> withholding(
            long height, Function<PeerMessage, List<PeerMessage>> otherwise) {
        AtomicLong asked = new AtomicLong();
        return message -> isFor(message, height) && asked.getAndIncrement() == 0 ? List.of() : otherwise.apply(message);
    }

    private static Function<PeerMessage, List<PeerMessage>> servingAtMost(int blocks) {
        AtomicLong served = new AtomicLong();
        return message ->
                message instanceof PeerMessage.ValidatedBlockRequestByHeight && served.incrementAndGet() > blocks
                        ? List.of()
                        : SERVING.apply(message);
    }

    /** Counts the blocks that it gives. */
    private static final class Counted implements Function<PeerMessage, List<PeerMessage>> {

        final AtomicLong blocks = new AtomicLong();
        private final Function<PeerMessage, List<PeerMessage>> source;

        Counted(Function<PeerMessage, List<PeerMessage>> source) {
            this.source = source;
        }

        @Override
        public List<PeerMessage> apply(PeerMessage message) {
            List<PeerMessage> answers = source.apply(message);
            if (message instanceof PeerMessage.ValidatedBlockRequestByHeight) {
                blocks.addAndGet(answers.size());
            }
            return answers;
        }
    }
}
