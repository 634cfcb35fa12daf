package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.chain.ChainTip;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.session.SessionEnd.Reason;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.MessageFilter;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockNotification;
import proteus.domain.peer.PeerMessage.BlockNotificationRequest;
import proteus.domain.peer.PeerMessage.BlockNotificationWithPowWitness;
import proteus.domain.peer.PeerMessage.BlockRequestBatch;
import proteus.domain.peer.PeerMessage.BlockRequestByHash;
import proteus.domain.peer.PeerMessage.BlockRequestByHeight;
import proteus.domain.peer.PeerMessage.Bye;
import proteus.domain.peer.PeerMessage.PeerListRequest;
import proteus.domain.peer.PeerMessage.PeerListResponse;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerStanding;

/** Whole sessions with a peer that is a test: chapters 1.6, 1.8, 1.9, 2.2 and 2.5. */
@Timeout(60)
final class PeerSessionTest {

    private static final Digest OTHER = new Digest(1, 2, 3, 4, 5);
    private static final PeerMessage ANSWER = new PeerListResponse(FakeSessionNode.PEERS);
    private static final BlockHeader GENESIS = FakeSessionNode.GENESIS.tip().header();

    private static ChainTip tip(int height) {
        return new ChainTip(
                Descriptions.header(height),
                OTHER,
                FakeSessionNode.GENESIS.tip().witness());
    }

    private static PeerMessage witnessed(int height) {
        return new BlockNotificationWithPowWitness(new BlockHeaderWithBlockHashWitness(
                Descriptions.header(height), FakeSessionNode.GENESIS.tip().witness()));
    }

    private static PeerMessage plain(int height) {
        BlockHeader header = Descriptions.header(height);
        return new BlockNotification(new PeerBlockNotification(OTHER, header.height(), header.cumulativeProofOfWork()));
    }

    private static PeerMessage any(PeerMessageKind kind) {
        return new RandomPeerMessages(new SplittableRandom(3)).next(kind);
    }

    // The start.

    private record Start(Carrier carrier, Direction direction, BlockHeader tip, List<PeerMessage> said) {}

    private static Stream<Start> starts() {
        BlockHeader more = Descriptions.header(Integer.MAX_VALUE);
        PeerMessage peers = new PeerListRequest();
        PeerMessage tip = new BlockNotificationRequest();
        return Stream.of(
                new Start(Carrier.LEGACY_TCP, Direction.OUTBOUND, GENESIS, List.of(peers)),
                new Start(Carrier.LEGACY_TCP, Direction.OUTBOUND, more, List.of(peers, tip)),
                new Start(Carrier.LEGACY_TCP, Direction.INBOUND, GENESIS, List.of()),
                new Start(Carrier.LEGACY_TCP, Direction.INBOUND, more, List.of(tip)),
                new Start(Carrier.LIBP2P_TCP, Direction.OUTBOUND, GENESIS, List.of()),
                new Start(Carrier.LIBP2P_TCP, Direction.OUTBOUND, more, List.of(tip)),
                new Start(Carrier.LIBP2P_TCP, Direction.INBOUND, more, List.of(tip)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aSessionBeginsByAskingForWhatIsMissing(Start start) throws Exception {
        try (RunningSession run = RunningSession.with(Peers.of(start.carrier, start.direction, "0.19.4", start.tip))) {
            run.awaitAnswer();

            assertThat(run.heard.messages())
                    .isEqualTo(Stream.concat(start.said.stream(), Stream.of(ANSWER))
                            .toList());
        }
    }

    // Faults of the peer.

    @Test
    void aBodyThatDoesNotDecodeCostsOneAndTheSessionGoesOn() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.sendFrame(new byte[] {(byte) PeerMessageKind.BLOCK_REQUEST_BY_HASH.index(), 1, 2, 3});
            run.awaitAnswer();

            assertThat(run.standing.current().score()).isEqualTo(-1);
            assertThat(run.heard.messages()).containsExactly(ANSWER);
        }
    }

    @Test
    void bytesAfterABodyCostOneAndTheMessageHasNoEffect() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.sendFrame(new byte[] {(byte) PeerMessageKind.BYE.index(), 0});
            run.awaitAnswer();

            assertThat(run.standing.current().score()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFrameOfNoKnownKindCostsOneAndEndsTheSessionWithoutBye(int length) throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            byte[] payload = new byte[length];
            Arrays.fill(payload, (byte) 33);
            run.peer.sendFrame(payload);

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.FRAMING);
            assertThat(run.standing.current().score()).isEqualTo(-1);
            assertEndedInSilence(run);
        }
    }

    @Test
    void anOversizedFrameCosts200AndEndsTheSessionWithoutBye() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            sendOversized(run);

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.FRAMING);
            assertThat(run.standing.current().score()).isEqualTo(-200);
            assertThat(run.node.bans).isEmpty();
            assertEndedInSilence(run);
        }
    }

    @Test
    void anOversizedFrameMayBeTheLastStraw() throws Exception {
        PeerStanding poor = PeerStanding.neutral(200);
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), poor).start()) {
            sendOversized(run);

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
            assertThat(run.node.bans).containsExactly(run.standing.current());
            assertEndedInSilence(run);
        }
    }

    private static void sendOversized(RunningSession run) throws Exception {
        byte[] payload = new byte[FrameLimits.bincode(PeerMessageKind.BYE) + 1];
        payload[0] = (byte) PeerMessageKind.BYE.index();
        run.peer.sendFrame(payload);
    }

    private static void assertEndedInSilence(RunningSession run) {
        run.heard.awaitClosed();
        assertThat(run.heard.messages()).isEmpty();
    }

    // Bans.

    @Test
    void nothingIsDoneAfterAPunishmentThatBans() throws Exception {
        PeerStanding poor = PeerStanding.neutral(10);
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), poor).start()) {
            // Costs 10, and would then be declined with a message.
            run.peer.send(new BlockRequestBatch(List.of(OTHER), 1, MmrAccumulator.EMPTY));

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
            assertEndedInSilence(run);
            assertThat(run.node.bans).containsExactly(run.standing.current());
        }
    }

    @Test
    void theSecondPunishmentOfOneMessageIsNotGivenAfterABan() throws Exception {
        PeerStanding poor = PeerStanding.neutral(30);
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), poor).start()) {
            run.peer.send(any(PeerMessageKind.SYNC_CHALLENGE));

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
            assertThat(run.standing.current().latestPunishment().orElseThrow().sanction())
                    .isEqualTo(new NegativePeerSanction.ReceivedSyncChallenge());
        }
    }

    @Test
    void whatComesAfterABanIsNotHandled() throws Exception {
        PeerStanding poor = PeerStanding.neutral(100);
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), poor)) {
            // Sent before the session reads anything, so all of it waits.
            for (int i = 0; i < 5; i++) {
                run.peer.send(new BlockRequestByHeight(BlockHeight.GENESIS));
                run.peer.send(new PeerListRequest());
            }
            run.start();

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
            assertThat(run.node.bans).hasSize(1);
            assertEndedInSilence(run);
        }
    }

    @Test
    void standingsAddUpToTheTolerance() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            for (int i = 0; i < 9; i++) {
                run.peer.send(new BlockRequestByHeight(BlockHeight.GENESIS));
            }
            run.awaitAnswer();
            assertThat(run.standing.current().score()).isEqualTo(-900);

            run.peer.send(new BlockRequestByHeight(BlockHeight.GENESIS));
            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
            assertThat(run.standing.current().score()).isEqualTo(-1000);
        }
    }

    @Test
    void aStandingThatIsBadAtTheStartEndsTheSessionWithTheFirstPunishmentOnly() throws Exception {
        PeerStanding bad = PeerStanding.neutral(1000).afterOperatorBan();
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), bad).start()) {
            run.awaitAnswer();

            run.peer.send(new BlockRequestByHash(OTHER));
            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.BANNED);
        }
    }

    @Test
    void unwantedTransactionsEndTheSessionWithoutBye() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.send(any(PeerMessageKind.TRANSACTION_NOTIFICATION));

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.UNWANTED);
            assertThat(run.standing.current().score()).isEqualTo(-1);
            assertEndedInSilence(run);
        }
    }

    // Endings.

    @Test
    void aDisconnectSaysBye() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.session.post(new NodeEvent.Disconnect("a test"));

            assertThat(run.awaitEnd()).isEqualTo(new SessionEnd(Reason.ORDERED, "a test"));
            run.heard.awaitClosed();
            assertThat(run.heard.messages()).containsExactly(new Bye());
        }
    }

    @Test
    void anExpulsionSaysNothing() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.session.post(new NodeEvent.Expel("a test"));

            assertThat(run.awaitEnd()).isEqualTo(new SessionEnd(Reason.EXPELLED, "a test"));
            assertEndedInSilence(run);
        }
    }

    @Test
    void aByeIsNotAnswered() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.send(new Bye());

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.PEER_LEFT);
            assertEndedInSilence(run);
            assertThat(run.standing.current().score()).isZero();
        }
    }

    @Test
    void aPeerMayCloseWithoutAWord() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.close();

            assertThat(run.awaitEnd())
                    .isEqualTo(new SessionEnd(Reason.CONNECTION_CLOSED, CloseCause.REMOTE.toString()));
            assertThat(run.standing.current().score()).isZero();
        }
    }

    @Test
    void whatAPeerSaidBeforeItClosedIsHandled() throws Exception {
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), PeerStanding.neutral(1000))) {
            run.peer.send(new BlockRequestByHash(OTHER));
            run.peer.send(new BlockRequestByHash(OTHER));
            run.peer.close();
            run.start();

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.CONNECTION_CLOSED);
            assertThat(run.standing.current().score()).isEqualTo(-10);
        }
    }

    @Test
    void anAnswerToAPeerThatIsGoneEndsTheSession() throws Exception {
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), PeerStanding.neutral(1000))) {
            run.peer.send(new PeerListRequest());
            run.peer.close();
            run.startUnheard();

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.CONNECTION_CLOSED);
        }
    }

    @Test
    void aPeerThatDoesNotReadLosesItsSessionWhenTheQueueIsFull() throws Exception {
        try (RunningSession run =
                new RunningSession(Peers.ofVersion("0.19.4"), PeerStanding.neutral(1000), 100).startUnheard()) {
            IntStream.range(0, 200).forEach(_ -> run.session.post(new NodeEvent.RequestPeerList()));

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.CONNECTION_CLOSED);
            assertThat(run.awaitEnd().detail()).contains("full");
        }
    }

    @Test
    void aSessionThatIsTooFarBehindItsNodeEnds() throws Exception {
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), PeerStanding.neutral(1000))) {
            IntStream.range(0, 1001).forEach(_ -> run.session.post(new NodeEvent.RequestPeerList()));
            run.start();

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.FELL_BEHIND);
            assertEndedInSilence(run);
        }
    }

    @Test
    void anInterruptEndsTheSessionAndClosesTheConnection() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.awaitAnswer();
            run.interrupt();

            assertThatThrownBy(run::awaitEnd).hasCauseInstanceOf(InterruptedException.class);
            run.heard.awaitClosed();
        }
    }

    @Test
    void anInterruptDuringALargeDecodeClosesItsFrame() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RunningSession run = RunningSession.withPeer()) {
            CountDownLatch occupied = new CountDownLatch(1);
            Thread hog = Thread.ofVirtual().start(() -> occupy(run, occupied, release));
            occupied.await();
            run.peer.send(large(new Digest(9, 9, 9, 9, 9)));
            Await.until(
                    "the frame to arrive",
                    () -> !run.connection.unclosedFrames().isEmpty());
            run.interrupt();

            assertThatThrownBy(run::awaitEnd).hasCauseInstanceOf(InterruptedException.class);
            release.countDown();
            hog.join();
        }
    }

    private static void occupy(RunningSession run, CountDownLatch occupied, CountDownLatch release) {
        try {
            run.workPool.run(() -> {
                occupied.countDown();
                release.await();
                return release;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ordersToASessionThatIsOverAreIgnored() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.send(new Bye());
            run.awaitEnd();

            IntStream.range(0, 2000).forEach(_ -> run.session.post(new NodeEvent.Disconnect("again")));

            assertEndedInSilence(run);
        }
    }

    // Filters.

    @ParameterizedTest
    @EnumSource
    void whatTheFrozenNodeIgnoresHasNoEffect(PeerMessageKind kind) throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            if (MessageFilter.firstToDrop(kind, false, true).isEmpty()) {
                return;
            }
            assertIgnored(run, kind);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "BLOCK_PROPOSAL_NOTIFICATION",
                "BLOCK_PROPOSAL_REQUEST",
                "BLOCK_PROPOSAL",
                "TRANSACTION",
                "LINK_TX_NOTIFICATION",
                "LINK_TX_REQUEST",
                "LINK_TX",
                "ARCHIVAL_MUTATOR_SET_REQUEST",
                "BLOCK_PROPOSAL_NOTIFICATION_REQUEST"
            })
    void whatASyncingNodeIgnoresHasNoEffect(PeerMessageKind kind) throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.syncing = true;
            assertIgnored(run, kind);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK_RESPONSE_BATCH", "UNABLE_TO_SATISFY_BATCH_REQUEST", "SYNC_COVERAGE", "VALIDATED_BLOCK"})
    void whatOnlyASyncingNodeAsksForHasNoEffect(PeerMessageKind kind) throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            assertIgnored(run, kind);
        }
    }

    private static void assertIgnored(RunningSession run, PeerMessageKind kind) throws Exception {
        run.peer.send(any(kind));
        run.awaitAnswer();

        assertThat(run.standing.current().score()).isZero();
        assertThat(run.heard.messages()).containsExactly(ANSWER);
    }

    @Test
    void aSyncingNodePunishesATransactionNotificationThatItDeclines() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.syncing = true;
            run.peer.send(any(PeerMessageKind.TRANSACTION_NOTIFICATION));

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.UNWANTED);
        }
    }

    @Test
    void unfreezingEndsTheFilterAndReplaysNothing() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.peer.send(new BlockNotificationRequest());
            run.awaitAnswer();
            run.node.frozen = false;
            run.peer.send(new BlockNotificationRequest());
            run.awaitAnswer();

            assertThat(run.heard.messages())
                    .containsExactly(
                            ANSWER,
                            FakeSessionNode.GENESIS.tip().announcementFor(proteus.domain.peer.VersionGate.of("0.19.4")),
                            ANSWER);
        }
    }

    @Test
    void aFrozenNodeStillHearsBye() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.peer.send(new Bye());

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.PEER_LEFT);
        }
    }

    @Test
    void whatIsFilteredAndDoesNotDecodeCostsOneAllTheSame() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.peer.sendFrame(new byte[] {(byte) PeerMessageKind.BLOCK_REQUEST_BY_HASH.index(), 1, 2, 3});
            run.awaitAnswer();

            assertThat(run.standing.current().score()).isEqualTo(-1);
        }
    }

    @Test
    void aLargeFrameThatIsFilteredIsNotDecoded() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.peer.sendFrame(rubbish(PeerSession.MAX_DECODED_HERE + 1));
            run.awaitAnswer();

            assertThat(run.standing.current().score()).isZero();
        }
    }

    /** As many bytes that call themselves a frame of the mutator set. */
    private static byte[] rubbish(int size) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 0xFF);
        payload[0] = (byte) PeerMessageKind.ARCHIVAL_MUTATOR_SET.index();
        return payload;
    }

    // Large frames.

    private static PeerMessage large(Digest block) {
        byte[] bytes = new byte[PeerSession.MAX_DECODED_HERE];
        return new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(block, bytes.length, 0, ByteSequence.owning(bytes)));
    }

    @Test
    void aLargeFrameIsDecodedOnTheWorkPool() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.send(large(OTHER));
            run.awaitAnswer();

            // Nobody asked for it, which costs one; the connection would have thrown if it was decoded elsewhere.
            assertThat(run.standing.current().latestPunishment().orElseThrow().sanction())
                    .isEqualTo(new NegativePeerSanction.UnwantedMessage());
        }
    }

    @Test
    void aLargeFrameThatDoesNotDecodeCostsOneAndTheSessionGoesOn() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.peer.sendFrame(rubbish(PeerSession.MAX_DECODED_HERE + 1));
            run.awaitAnswer();

            assertThat(run.standing.current().latestPunishment().orElseThrow().sanction())
                    .isEqualTo(new NegativePeerSanction.InvalidMessage());
        }
    }

    @Test
    void framesThatWaitWhenASessionEndsAreClosed() throws Exception {
        try (RunningSession run = new RunningSession(Peers.ofVersion("0.19.4"), PeerStanding.neutral(1000))) {
            run.peer.send(new Bye());
            run.peer.send(large(OTHER));
            run.peer.send(large(OTHER));
            run.start();

            assertThat(run.awaitEnd().reason()).isEqualTo(Reason.PEER_LEFT);
        }
    }

    /** Messages of every kind, whole and damaged: whatever happens, the session ends in one of its ways. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void noFrameMakesASessionFailOrKeepsItsMemory(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RandomPeerMessages messages = new RandomPeerMessages(random);
        try (RunningSession run = RunningSession.with(Peers.ofVersion("0.19.0"))) {
            for (int i = 0; i < 200 && !run.end.isDone(); i++) {
                byte[] payload = PeerMessageCodec.encode(messages.next());
                if (random.nextInt(4) == 0) {
                    payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                }
                run.peer.sendFrame(payload);
            }
        } catch (proteus.application.port.ConnectionClosedException ended) {
            // A Bye, a refusal or a ban was among them.
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    // Announcements of this node's tip.

    @Test
    void aNewTipIsAnnouncedInTheFormThatThePeerKnows() throws Exception {
        try (RunningSession newer = RunningSession.withPeer();
                RunningSession older = RunningSession.with(Peers.ofVersion("0.19.0"));
                RunningSession candidate = RunningSession.with(Peers.ofVersion("0.19.0-rc.1"))) {
            for (RunningSession run : List.of(newer, older, candidate)) {
                run.session.post(new NodeEvent.TipChanged(tip(1)));
            }

            assertThat(newer.heard.awaitMessages(1)).containsExactly(witnessed(1));
            assertThat(older.heard.awaitMessages(1)).containsExactly(plain(1));
            assertThat(candidate.heard.awaitMessages(1)).containsExactly(plain(1));
        }
    }

    @Test
    void onlyATipAboveWhatIsSharedIsAnnounced() throws Exception {
        try (RunningSession run = RunningSession.with(
                Peers.of(Carrier.LEGACY_TCP, Direction.OUTBOUND, "0.19.4", Descriptions.header(5)))) {
            for (int height : List.of(4, 5, 6, 6, 5, 7)) {
                run.session.post(new NodeEvent.TipChanged(tip(height)));
            }
            run.awaitAnswer();

            assertThat(announcements(run)).containsExactly(witnessed(6), witnessed(7));
            assertThat(run.session.highestSharedHeight()).isEqualTo(new BlockHeight(7));
        }
    }

    @Test
    void aPeersAnnouncementMovesWhatIsShared() throws Exception {
        try (RunningSession run = RunningSession.with(
                Peers.of(Carrier.LEGACY_TCP, Direction.INBOUND, "0.19.4", Descriptions.header(5)))) {
            run.peer.send(witnessed(2));
            run.awaitAnswer();
            run.session.post(new NodeEvent.TipChanged(tip(3)));
            run.awaitAnswer();

            assertThat(announcements(run)).containsExactly(witnessed(3));
        }
    }

    @Test
    void aFrozenNodeAnnouncesNothingAndForgetsIt() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.session.post(new NodeEvent.TipChanged(tip(1)));
            run.awaitAnswer();
            run.node.frozen = false;
            run.awaitAnswer();

            assertThat(announcements(run)).isEmpty();
            assertThat(run.session.highestSharedHeight()).isEqualTo(BlockHeight.GENESIS);
        }
    }

    private static List<PeerMessage> announcements(RunningSession run) {
        return run.heard.messages().stream()
                .filter(message -> message.kind() == PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS)
                .toList();
    }

    @Test
    void aFrozenNodeStillAsksForTipsAndPeersAndDisconnects() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.node.frozen = true;
            run.session.post(new NodeEvent.RequestBlockNotification());
            run.session.post(new NodeEvent.RequestPeerList());
            run.session.post(new NodeEvent.Disconnect("a test"));

            run.heard.awaitClosed();
            assertThat(run.heard.messages())
                    .containsExactly(new BlockNotificationRequest(), new PeerListRequest(), new Bye());
        }
    }

    @Test
    void ticksComeEvery1500MillisecondsAndAtMostOneTimerWaits() throws Exception {
        try (RunningSession run = RunningSession.withPeer()) {
            run.awaitAnswer();
            for (int i = 0; i < 10; i++) {
                run.scheduler.awaitWaiting(1);
                assertThat(run.scheduler.waiting()).isEqualTo(1);
                run.scheduler.advance(Duration.ofMillis(1499));
                assertThat(run.scheduler.waiting()).isEqualTo(1);
                run.scheduler.advance(Duration.ofMillis(1));
            }
            run.awaitAnswer();
            assertThat(Collections.frequency(run.heard.messages(), ANSWER)).isEqualTo(2);
        }
    }
}
