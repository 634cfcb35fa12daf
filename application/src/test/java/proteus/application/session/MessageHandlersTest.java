package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.session.Effects.effects;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.chain.ChainTip;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.samples.RandomBlocks;
import proteus.application.samples.RandomPeerMessages;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.BlockServingBudget;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.NegativePeerSanction.BatchBlocksRequestEmpty;
import proteus.domain.peer.NegativePeerSanction.BatchBlocksRequestTooManyDigests;
import proteus.domain.peer.NegativePeerSanction.BatchBlocksUnknownRequest;
import proteus.domain.peer.NegativePeerSanction.BlockProposalNotFound;
import proteus.domain.peer.NegativePeerSanction.BlockRequestUnknownHeight;
import proteus.domain.peer.NegativePeerSanction.ExcessiveBlockRequests;
import proteus.domain.peer.NegativePeerSanction.FloodPeerListResponse;
import proteus.domain.peer.NegativePeerSanction.InvalidBlockProposal;
import proteus.domain.peer.NegativePeerSanction.InvalidMessage;
import proteus.domain.peer.NegativePeerSanction.InvalidSyncChallenge;
import proteus.domain.peer.NegativePeerSanction.InvalidSyncCoverage;
import proteus.domain.peer.NegativePeerSanction.NonFavorableBlockProposal;
import proteus.domain.peer.NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync;
import proteus.domain.peer.NegativePeerSanction.ReceivedSyncChallenge;
import proteus.domain.peer.NegativePeerSanction.RequestForGenesisBlock;
import proteus.domain.peer.NegativePeerSanction.RequestForUnknownBlock;
import proteus.domain.peer.NegativePeerSanction.UnexpectedSyncChallengeResponse;
import proteus.domain.peer.NegativePeerSanction.UnwantedMessage;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockNotification;
import proteus.domain.peer.PeerMessage.BlockNotificationRequest;
import proteus.domain.peer.PeerMessage.BlockNotificationWithPowWitness;
import proteus.domain.peer.PeerMessage.BlockProposal;
import proteus.domain.peer.PeerMessage.BlockRequestBatch;
import proteus.domain.peer.PeerMessage.BlockRequestByHash;
import proteus.domain.peer.PeerMessage.BlockRequestByHeight;
import proteus.domain.peer.PeerMessage.BlockResponseBatch;
import proteus.domain.peer.PeerMessage.Bye;
import proteus.domain.peer.PeerMessage.ConnectionStatus;
import proteus.domain.peer.PeerMessage.PeerListRequest;
import proteus.domain.peer.PeerMessage.PeerListResponse;
import proteus.domain.peer.PeerMessage.UnableToSatisfyBatchRequest;
import proteus.domain.peer.PeerMessage.ValidatedBlockRequestByHeight;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.TransferConnectionStatus;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransactionKernel;

/** What a node at genesis does about each kind of message, and in which order: chapters 2.3, 5.10 and 6.1. */
final class MessageHandlersTest {

    /** Above the gates at 0.19.0, at and below them, and unreadable. */
    private static final List<String> NEW = List.of("0.19.4", "0.19.1", "0.19.1-alpha.1", "1.0.0");

    private static final List<String> OLD = List.of("0.19.0", "0.19.0-rc.1", "0.18.0", "0.17.0", "rubbish", "");

    private static final Digest GENESIS = FakeSessionNode.GENESIS.genesis();
    private static final ChainTip TIP = FakeSessionNode.GENESIS.tip();
    private static final PeerMessage STRANGE = any(PeerMessageKind.BLOCK);
    private static final Digest STRANGE_PARENT =
            ((PeerMessage.Block) STRANGE).block().header().prevBlockDigest();
    private static final Digest OTHER = new Digest(1, 2, 3, 4, 5);
    private static final MmrAccumulator ANCHOR = new MmrAccumulator(1, List.of(OTHER));

    private final ManualScheduler clock = new ManualScheduler();
    private final PlatformWorkPool workPool = new PlatformWorkPool("handlers-test", 1, 4);
    private final FakeSessionNode node = FakeSessionNode.atGenesis(workPool, clock);

    @AfterEach
    void close() {
        node.chain.close();
        workPool.close();
    }

    /** One line: this message from a peer of that version has these effects, in this order. */
    private record Line(String when, PeerMessage message, String version, List<Object> effects) {
        @Override
        public String toString() {
            return message.kind() + " " + when + ", version " + version + ": " + effects;
        }
    }

    private static Stream<Line> line(String when, PeerMessage message, Object... effects) {
        return lines(when, message, Stream.concat(NEW.stream(), OLD.stream()).toList(), effects);
    }

    private static Stream<Line> lines(String when, PeerMessage message, List<String> versions, Object... effects) {
        return versions.stream().map(version -> new Line(when, message, version, List.of(effects)));
    }

    private static PeerMessage any(PeerMessageKind kind) {
        return new RandomPeerMessages(new SplittableRandom(1)).next(kind);
    }

    private static Stream<Line> table() {
        return Stream.of(
                        aboutTheSession(),
                        aboutAnnouncements(),
                        aboutBlocks(),
                        aboutBatches(),
                        aboutSync(),
                        aboutTransactions(),
                        aboutProposals(),
                        aboutTheMutatorSet())
                .flatMap(lines -> lines);
    }

    private static Stream<Line> aboutTheSession() {
        return Stream.of(
                        line("after the handshake", any(PeerMessageKind.HANDSHAKE), new InvalidMessage()),
                        line(
                                "accepted",
                                new ConnectionStatus(new TransferConnectionStatus.Accepted()),
                                new InvalidMessage()),
                        line("refused", refused(), SessionEnd.Reason.PEER_REFUSED),
                        line("", new Bye(), SessionEnd.Reason.PEER_LEFT),
                        line("", new PeerListRequest(), new PeerListResponse(FakeSessionNode.PEERS)),
                        line("empty", new PeerListResponse(List.of())),
                        line("of 10", new PeerListResponse(entries(10))),
                        line("of 11", new PeerListResponse(entries(11)), new FloodPeerListResponse()))
                .flatMap(lines -> lines);
    }

    private static PeerMessage refused() {
        return new ConnectionStatus(
                new TransferConnectionStatus.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
    }

    private static List<PeerListEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PeerListEntry(
                        new PeerAddress(Descriptions.loopback(1).ip(), i), new InstanceId(0, i)))
                .toList();
    }

    private static Stream<Line> aboutAnnouncements() {
        PeerMessage plain = new BlockNotification(new PeerBlockNotification(
                GENESIS, BlockHeight.GENESIS, TIP.header().cumulativeProofOfWork()));
        PeerMessage witnessed =
                new BlockNotificationWithPowWitness(new BlockHeaderWithBlockHashWitness(TIP.header(), TIP.witness()));
        return Stream.of(
                        lines("", new BlockNotificationRequest(), NEW, witnessed),
                        lines("", new BlockNotificationRequest(), OLD, plain),
                        lines("", any(PeerMessageKind.BLOCK_NOTIFICATION), NEW, new UnwantedMessage()),
                        lines(
                                "of a block far above",
                                any(PeerMessageKind.BLOCK_NOTIFICATION),
                                OLD,
                                PeerMessageKind.SYNC_CHALLENGE),
                        line(
                                "of a block far above",
                                any(PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS),
                                PeerMessageKind.SYNC_CHALLENGE))
                .flatMap(lines -> lines);
    }

    private static Stream<Line> aboutBlocks() {
        BlockHeight one = new BlockHeight(1);
        BlockHeight highest = new BlockHeight(0xFFFF_FFFF_0000_0000L);
        return Stream.of(
                        line("of genesis", new BlockRequestByHeight(BlockHeight.GENESIS), new RequestForGenesisBlock()),
                        line("above", new BlockRequestByHeight(one), new BlockRequestUnknownHeight()),
                        line("far above", new BlockRequestByHeight(highest), new BlockRequestUnknownHeight()),
                        line(
                                "of genesis",
                                new ValidatedBlockRequestByHeight(BlockHeight.GENESIS, ANCHOR),
                                new RequestForGenesisBlock()),
                        line("above", new ValidatedBlockRequestByHeight(one, ANCHOR), new BlockRequestUnknownHeight()),
                        line("of genesis", new BlockRequestByHash(GENESIS), new RequestForGenesisBlock()),
                        line("of another", new BlockRequestByHash(OTHER), new RequestForUnknownBlock()),
                        line("", any(PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR_REQUEST)),
                        line("not asked for", any(PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR)),
                        line("not asked for", STRANGE, new BlockRequestByHash(STRANGE_PARENT)))
                .flatMap(lines -> lines);
    }

    private static Stream<Line> aboutBatches() {
        return Stream.of(
                        line("from genesis", batch(ANCHOR, GENESIS), new BlockResponseBatch(List.of())),
                        line(
                                "from a fork of genesis",
                                batch(ANCHOR, OTHER, GENESIS),
                                new BlockResponseBatch(List.of())),
                        line(
                                "from nowhere",
                                batch(ANCHOR, OTHER),
                                new BatchBlocksUnknownRequest(),
                                new UnableToSatisfyBatchRequest()),
                        line(
                                "that ends nowhere",
                                batch(ANCHOR, GENESIS, OTHER),
                                new BatchBlocksUnknownRequest(),
                                new UnableToSatisfyBatchRequest()),
                        line(
                                "with an anchor beyond the tip",
                                batch(new MmrAccumulator(2, List.of(OTHER)), GENESIS),
                                new BatchBlocksUnknownRequest(),
                                new UnableToSatisfyBatchRequest()),
                        line(
                                "with an anchor of 2^64 - 1 leafs",
                                batch(new MmrAccumulator(-1, Collections.nCopies(64, OTHER)), GENESIS),
                                new BatchBlocksUnknownRequest(),
                                new UnableToSatisfyBatchRequest()),
                        line(
                                "without an anchor",
                                batch(MmrAccumulator.EMPTY, GENESIS),
                                new BlockResponseBatch(List.of())),
                        line("of no digest", batch(ANCHOR), new BatchBlocksRequestEmpty()),
                        line(
                                "of 200 digests",
                                new BlockRequestBatch(Collections.nCopies(200, GENESIS), 0, ANCHOR),
                                new BlockResponseBatch(List.of())),
                        line(
                                "of 201 digests",
                                new BlockRequestBatch(Collections.nCopies(201, OTHER), 35, ANCHOR),
                                new BatchBlocksRequestTooManyDigests()))
                .flatMap(lines -> lines);
    }

    private static PeerMessage batch(MmrAccumulator anchor, Digest... known) {
        return new BlockRequestBatch(List.of(known), 35, anchor);
    }

    private static Stream<Line> aboutSync() {
        return Stream.of(
                        line(
                                "",
                                any(PeerMessageKind.SYNC_CHALLENGE),
                                new ReceivedSyncChallenge(),
                                new InvalidSyncChallenge()),
                        line(
                                "without a challenge",
                                any(PeerMessageKind.SYNC_CHALLENGE_RESPONSE),
                                new UnexpectedSyncChallengeResponse()),
                        line(
                                "not asked for",
                                any(PeerMessageKind.BLOCK_RESPONSE_BATCH),
                                new ReceivedBatchBlocksOutsideOfSync()),
                        line("not asked for", any(PeerMessageKind.UNABLE_TO_SATISFY_BATCH_REQUEST)),
                        line("that does not fit", any(PeerMessageKind.SYNC_COVERAGE), new InvalidSyncCoverage()),
                        line(
                                "not asked for",
                                any(PeerMessageKind.VALIDATED_BLOCK),
                                new ReceivedBatchBlocksOutsideOfSync()))
                .flatMap(lines -> lines);
    }

    private static Stream<Line> aboutTransactions() {
        Stream<Line> declined = Stream.of(
                        PeerMessageKind.TRANSACTION,
                        PeerMessageKind.TRANSACTION_NOTIFICATION,
                        PeerMessageKind.LINK_TX,
                        PeerMessageKind.LINK_TX_NOTIFICATION)
                .flatMap(kind -> Stream.concat(
                        lines("declined", any(kind), NEW, new UnwantedMessage(), SessionEnd.Reason.UNWANTED),
                        lines("declined", any(kind), OLD)));
        return Stream.of(
                        declined,
                        line("of what is not held", any(PeerMessageKind.TRANSACTION_REQUEST)),
                        line("of what is not held", any(PeerMessageKind.LINK_TX_REQUEST)))
                .flatMap(lines -> lines);
    }

    private static Stream<Line> aboutProposals() {
        return Stream.of(
                        line("", any(PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION)),
                        line("with none held", any(PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION_REQUEST)),
                        line(
                                "with none held",
                                any(PeerMessageKind.BLOCK_PROPOSAL_REQUEST),
                                new BlockProposalNotFound()),
                        line("with a negative fee", proposal(GENESIS, -1), new InvalidBlockProposal()),
                        line("with a negative fee and another parent", proposal(OTHER, -1), new InvalidBlockProposal()),
                        line("with another parent", proposal(OTHER, 1), new NonFavorableBlockProposal()),
                        line("without a fee", proposal(GENESIS, 0), new NonFavorableBlockProposal()),
                        line("that pays and breaks rules", proposal(GENESIS, 1), new InvalidBlockProposal()))
                .flatMap(lines -> lines);
    }

    private static PeerMessage proposal(Digest parent, int fee) {
        Block block = new RandomBlocks(new SplittableRandom(2)).block();
        BlockHeader header = block.kernel().header();
        BlockBody body = block.kernel().body();
        TransactionKernel transaction = body.transactionKernel();
        BlockHeader onParent = new BlockHeader(
                header.version(),
                header.height(),
                parent,
                header.timestamp(),
                header.pow(),
                header.cumulativeProofOfWork(),
                header.difficulty(),
                header.guesserReceiverData());
        TransactionKernel withFee = new TransactionKernel(
                transaction.inputs(),
                transaction.outputs(),
                transaction.announcements(),
                NativeCurrencyAmount.ofUnits(BigInteger.valueOf(fee)),
                transaction.coinbase(),
                transaction.timestamp(),
                transaction.mutatorSetHash(),
                transaction.mergeBit());
        BlockBody changed = new BlockBody(
                withFee, body.mutatorSetAccumulator(), body.lockFreeMmrAccumulator(), body.blockMmrAccumulator());
        BlockKernel kernel = new BlockKernel(onParent, changed, block.kernel().appendix());
        return new BlockProposal(new Block(kernel, block.proof()));
    }

    private static Stream<Line> aboutTheMutatorSet() {
        return Stream.concat(
                line("which is not served", any(PeerMessageKind.ARCHIVAL_MUTATOR_SET_REQUEST)),
                line("not asked for", any(PeerMessageKind.ARCHIVAL_MUTATOR_SET), new UnwantedMessage()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyMessageHasItsEffectsInOrder(Line line) throws Exception {
        assertThat(effects(handlers(line.version).on(line.message))).isEqualTo(line.effects);
    }

    @Test
    void theTableHasEveryKindForEveryVersion() throws Exception {
        Set<PeerMessageKind> missing = EnumSet.allOf(PeerMessageKind.class);
        table().map(Line::message).map(PeerMessage::kind).forEach(missing::remove);
        assertThat(missing).isEmpty();

        Set<String> versions = Stream.concat(NEW.stream(), OLD.stream()).collect(Collectors.toSet());
        table().collect(Collectors.groupingBy(line -> line.message().kind()))
                .forEach((kind, lines) -> assertThat(lines)
                        .as("versions for " + kind)
                        .extracting(Line::version)
                        .containsAll(versions));
    }

    private MessageHandlers handlers(String version) {
        return handlers(conversation(version));
    }

    private static MessageHandlers handlers(Conversation conversation) {
        return new MessageHandlers(conversation, new SessionInSync(conversation, new Mailbox()));
    }

    private Conversation conversation(String version) {
        return new Conversation(Peers.ofVersion(version), node, clock);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 100})
    void aPeerListReachesTheNodeWhateverItsLength(int length) throws Exception {
        handlers("0.19.4").on(new PeerListResponse(entries(length)));

        assertThat(node.heard).containsExactly(entries(length));
    }

    @Test
    void anAnnouncementSetsTheHighestSharedHeightAlsoDownwards() throws Exception {
        Conversation conversation = conversation("0.19.0");
        MessageHandlers handlers = handlers(conversation);

        handlers.on(announcement(9));
        assertThat(conversation.highestShared()).isEqualTo(new BlockHeight(9));
        handlers.on(witnessed(4));
        assertThat(conversation.highestShared()).isEqualTo(new BlockHeight(4));
    }

    @Test
    void aPlainAnnouncementFromANewPeerSetsNothing() throws Exception {
        Conversation conversation = conversation("0.19.4");

        handlers(conversation).on(announcement(9));

        assertThat(conversation.highestShared()).isEqualTo(BlockHeight.GENESIS);
    }

    private static PeerMessage announcement(int height) {
        BlockHeader header = Descriptions.header(height);
        return new BlockNotification(new PeerBlockNotification(OTHER, header.height(), header.cumulativeProofOfWork()));
    }

    private static PeerMessage witnessed(int height) {
        return new BlockNotificationWithPowWitness(
                new BlockHeaderWithBlockHashWitness(Descriptions.header(height), TIP.witness()));
    }

    // The serving budget.

    private static Stream<PeerMessage> chargeable() {
        return Arrays.stream(PeerMessageKind.values())
                .filter(kind -> BlockServingBudget.costOf(kind) > 0)
                .map(kind -> switch (kind) {
                    // What would cost 100 if it were looked at.
                    case BLOCK_REQUEST_BY_HEIGHT -> new BlockRequestByHeight(BlockHeight.GENESIS);
                    case BLOCK_REQUEST_BY_HASH -> new BlockRequestByHash(GENESIS);
                    case VALIDATED_BLOCK_REQUEST_BY_HEIGHT ->
                        new ValidatedBlockRequestByHeight(BlockHeight.GENESIS, ANCHOR);
                    default -> any(kind);
                });
    }

    @Test
    void sixKindsAreCharged() throws Exception {
        assertThat(chargeable()).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("chargeable")
    void whatExceedsTheBudgetCostsOneAndIsNotLookedAt(PeerMessage request) throws Exception {
        MessageHandlers handlers = handlers("0.19.4");
        for (int i = 0; i < 1000; i++) {
            assertThat(effects(handlers.on(new BlockRequestByHeight(new BlockHeight(1)))))
                    .containsExactly(new BlockRequestUnknownHeight());
        }

        assertThat(effects(handlers.on(request))).containsExactly(new ExcessiveBlockRequests());
    }

    @Test
    void aBatchCosts35() throws Exception {
        MessageHandlers handlers = handlers("0.19.4");
        for (int i = 0; i < 28; i++) {
            assertThat(effects(handlers.on(batch(ANCHOR, GENESIS)))).containsExactly(new BlockResponseBatch(List.of()));
        }

        assertThat(effects(handlers.on(batch(ANCHOR, GENESIS)))).containsExactly(new ExcessiveBlockRequests());
        for (int i = 0; i < 20; i++) {
            assertThat(effects(handlers.on(new BlockRequestByHash(OTHER))))
                    .containsExactly(new RequestForUnknownBlock());
        }
        assertThat(effects(handlers.on(new BlockRequestByHash(OTHER)))).containsExactly(new ExcessiveBlockRequests());
    }

    @Test
    void aBatchThatIsPunishedIsChargedAllTheSame() throws Exception {
        node.maxBlocksServed = 35;
        MessageHandlers handlers = handlers("0.19.4");
        handlers.on(batch(ANCHOR));

        assertThat(effects(handlers.on(new BlockRequestByHash(OTHER)))).containsExactly(new ExcessiveBlockRequests());
    }

    @Test
    void theBudgetIsFreshAfterAMinuteFromTheFirstRequest() throws Exception {
        node.maxBlocksServed = 1;
        MessageHandlers handlers = handlers("0.19.4");
        handlers.on(new BlockRequestByHash(OTHER));

        clock.advance(BlockServingBudget.WINDOW.minusNanos(1));
        assertThat(effects(handlers.on(new BlockRequestByHash(OTHER)))).containsExactly(new ExcessiveBlockRequests());
        clock.advance(java.time.Duration.ofNanos(1));
        assertThat(effects(handlers.on(new BlockRequestByHash(OTHER)))).containsExactly(new RequestForUnknownBlock());
    }

    @Test
    void aBudgetIsOfOneConnection() throws Exception {
        node.maxBlocksServed = 1;
        handlers("0.19.4").on(new BlockRequestByHash(OTHER));

        assertThat(effects(handlers("0.19.4").on(new BlockRequestByHash(OTHER))))
                .containsExactly(new RequestForUnknownBlock());
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK_NOTIFICATION_REQUEST", "PEER_LIST_REQUEST"})
    void anEmptyBudgetKeepsNothingElseFromBeingAnswered(PeerMessageKind kind) throws Exception {
        node.maxBlocksServed = 0;

        assertThat(handlers("0.19.4").on(any(kind))).singleElement().isInstanceOf(Reaction.Send.class);
    }

    @Test
    void aNewTipIsAnnouncedInTheFormOfThePeersVersionIfItIsHigherThanWhatIsShared() throws Exception {
        ChainTip two = new ChainTip(Descriptions.header(2), OTHER, TIP.witness());
        Conversation toNew = conversation("0.19.4");
        Conversation toOld = conversation("0.19.0");

        assertThat(effects(announcements(toNew).onTipChanged(two))).containsExactly(witnessed(2));
        assertThat(effects(announcements(toOld).onTipChanged(two))).containsExactly(announcement(2));
        assertThat(Optional.of(toNew.highestShared())).contains(new BlockHeight(2));
        assertThat(effects(announcements(toNew).onTipChanged(two))).isEmpty();
    }

    private static AnnouncementMessages announcements(Conversation conversation) {
        return handlers(conversation).announcements();
    }
}
