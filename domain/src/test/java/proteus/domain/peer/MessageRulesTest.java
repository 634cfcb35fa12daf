package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of frame limits and filters, written off the behaviour of neptune-cash 0.19.4 line by line. */
class MessageRulesTest {

    private static final String TABLE = """
        0, Handshake, 64 KiB, handle, handle, handle
        1, Block, 20 MiB, handle, handle, ignore
        2, BlockNotificationRequest, 64 KiB, handle, handle, ignore
        3, BlockNotification, 64 KiB, handle, handle, ignore
        4, BlockRequestByHeight, 64 KiB, handle, handle, ignore
        5, BlockRequestByHash, 64 KiB, handle, handle, ignore
        6, BlockRequestBatch, 2 MiB, handle, handle, ignore
        7, BlockResponseBatch, 300 MiB, handle, ignore, ignore
        8, UnableToSatisfyBatchRequest, 64 KiB, handle, ignore, ignore
        9, SyncChallenge, 64 KiB, handle, handle, ignore
        10, SyncChallengeResponse, 270 MiB, handle, handle, ignore
        11, BlockProposalNotification, 64 KiB, ignore, handle, ignore
        12, BlockProposalRequest, 64 KiB, ignore, handle, ignore
        13, BlockProposal, 20 MiB, ignore, handle, ignore
        14, Transaction, 270 MiB, ignore, handle, ignore
        15, TransactionNotification, 64 KiB, handle, handle, ignore
        16, TransactionRequest, 64 KiB, handle, handle, ignore
        17, PeerListRequest, 64 KiB, handle, handle, handle
        18, PeerListResponse, 2 MiB, handle, handle, handle
        19, Bye, 64 KiB, handle, handle, handle
        20, ConnectionStatus, 64 KiB, handle, handle, handle
        21, SyncCoverage, 2 MiB, handle, ignore, ignore
        22, ValidatedBlockRequestByHeight, 64 KiB, handle, handle, ignore
        23, ValidatedBlock, 20 MiB, handle, ignore, ignore
        24, LinkTxNotification, 64 KiB, ignore, handle, ignore
        25, LinkTxRequest, 64 KiB, ignore, handle, ignore
        26, LinkTx, 64 MiB, ignore, handle, ignore
        27, BlockNotificationWithPowWitness, 64 KiB, handle, handle, ignore
        28, TipWithParentAccumulatorRequest, 64 KiB, handle, handle, ignore
        29, TipWithParentAccumulator, 20 MiB, handle, handle, ignore
        30, ArchivalMutatorSetRequest, 64 KiB, ignore, handle, ignore
        31, ArchivalMutatorSet, 65 MiB, handle, handle, ignore
        32, BlockProposalNotificationRequest, 64 KiB, ignore, handle, ignore
        """;

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void aBincodeFrameHasTheLimitOfItsKind(int index, String name, String limit) {
        assertThat(FrameLimits.bincode(kind(index, name))).isEqualTo(bytes(limit));
    }

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void aJsonFrameMayBeThreeTimesAsLongUpTo300Mebibytes(int index, String name, String limit) {
        assertThat(FrameLimits.json(kind(index, name))).isEqualTo(Math.min(3L * bytes(limit), 314_572_800));
    }

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void aFilterDropsTheKindsOfItsColumn(
            int index, String name, String limit, String duringSync, String whenNotSync, String onFreeze) {
        PeerMessageKind kind = kind(index, name);

        assertThat(MessageFilter.IGNORE_DURING_SYNC.concerns(kind)).isEqualTo(drops(duringSync));
        assertThat(MessageFilter.IGNORE_WHEN_NOT_SYNC.concerns(kind)).isEqualTo(drops(whenNotSync));
        assertThat(MessageFilter.IGNORE_ON_FREEZE.concerns(kind)).isEqualTo(drops(onFreeze));
    }

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void theStateOfTheNodeDecidesWhichFiltersApply(
            int index, String name, String limit, String duringSync, String whenNotSync, String onFreeze) {
        PeerMessageKind kind = kind(index, name);
        Optional<MessageFilter> syncing = filter(duringSync, MessageFilter.IGNORE_DURING_SYNC);
        Optional<MessageFilter> notSyncing = filter(whenNotSync, MessageFilter.IGNORE_WHEN_NOT_SYNC);
        Optional<MessageFilter> frozen = filter(onFreeze, MessageFilter.IGNORE_ON_FREEZE);

        assertThat(MessageFilter.firstToDrop(kind, true, false)).isEqualTo(syncing);
        assertThat(MessageFilter.firstToDrop(kind, false, false)).isEqualTo(notSyncing);
        assertThat(MessageFilter.firstToDrop(kind, true, true)).isEqualTo(syncing.or(() -> frozen));
        assertThat(MessageFilter.firstToDrop(kind, false, true)).isEqualTo(notSyncing.or(() -> frozen));
    }

    @Test
    void theTableHasEveryKind() {
        assertThat(TABLE.lines()).hasSize(PeerMessageKind.values().length);
        assertThat(FrameLimits.OVERALL).isEqualTo(314_572_800);
    }

    private static PeerMessageKind kind(int index, String name) {
        PeerMessageKind kind = PeerMessageKind.fromIndex(index).orElseThrow();
        assertThat(kind.upstreamName()).isEqualTo(name);
        return kind;
    }

    private static int bytes(String limit) {
        String[] numberAndUnit = limit.split(" ");
        int unit = numberAndUnit[1].equals("KiB") ? 1024 : 1024 * 1024;
        return Integer.parseInt(numberAndUnit[0]) * unit;
    }

    private static boolean drops(String cell) {
        assertThat(cell).isIn("handle", "ignore");
        return cell.equals("ignore");
    }

    private static Optional<MessageFilter> filter(String cell, MessageFilter filter) {
        return drops(cell) ? Optional.of(filter) : Optional.empty();
    }
}
