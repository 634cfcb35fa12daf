package proteus.domain.peer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of {@link PeerMessage}, in the order that gives each its index on the wire.
 *
 * <p>Upstream only ever appends. Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
public enum PeerMessageKind {
    /** {@link PeerMessage.Handshake}. */
    HANDSHAKE(0, "Handshake"),
    /** {@link PeerMessage.Block}. */
    BLOCK(1, "Block"),
    /** {@link PeerMessage.BlockNotificationRequest}. */
    BLOCK_NOTIFICATION_REQUEST(2, "BlockNotificationRequest"),
    /** {@link PeerMessage.BlockNotification}. */
    BLOCK_NOTIFICATION(3, "BlockNotification"),
    /** {@link PeerMessage.BlockRequestByHeight}. */
    BLOCK_REQUEST_BY_HEIGHT(4, "BlockRequestByHeight"),
    /** {@link PeerMessage.BlockRequestByHash}. */
    BLOCK_REQUEST_BY_HASH(5, "BlockRequestByHash"),
    /** {@link PeerMessage.BlockRequestBatch}. */
    BLOCK_REQUEST_BATCH(6, "BlockRequestBatch"),
    /** {@link PeerMessage.BlockResponseBatch}. */
    BLOCK_RESPONSE_BATCH(7, "BlockResponseBatch"),
    /** {@link PeerMessage.UnableToSatisfyBatchRequest}. */
    UNABLE_TO_SATISFY_BATCH_REQUEST(8, "UnableToSatisfyBatchRequest"),
    /** {@link PeerMessage.SyncChallenge}. */
    SYNC_CHALLENGE(9, "SyncChallenge"),
    /** {@link PeerMessage.SyncChallengeResponse}. */
    SYNC_CHALLENGE_RESPONSE(10, "SyncChallengeResponse"),
    /** {@link PeerMessage.BlockProposalNotification}. */
    BLOCK_PROPOSAL_NOTIFICATION(11, "BlockProposalNotification"),
    /** {@link PeerMessage.BlockProposalRequest}. */
    BLOCK_PROPOSAL_REQUEST(12, "BlockProposalRequest"),
    /** {@link PeerMessage.BlockProposal}. */
    BLOCK_PROPOSAL(13, "BlockProposal"),
    /** {@link PeerMessage.Transaction}. */
    TRANSACTION(14, "Transaction"),
    /** {@link PeerMessage.TransactionNotification}. */
    TRANSACTION_NOTIFICATION(15, "TransactionNotification"),
    /** {@link PeerMessage.TransactionRequest}. */
    TRANSACTION_REQUEST(16, "TransactionRequest"),
    /** {@link PeerMessage.PeerListRequest}. */
    PEER_LIST_REQUEST(17, "PeerListRequest"),
    /** {@link PeerMessage.PeerListResponse}. */
    PEER_LIST_RESPONSE(18, "PeerListResponse"),
    /** {@link PeerMessage.Bye}. */
    BYE(19, "Bye"),
    /** {@link PeerMessage.ConnectionStatus}. */
    CONNECTION_STATUS(20, "ConnectionStatus"),
    /** {@link PeerMessage.SyncCoverage}. */
    SYNC_COVERAGE(21, "SyncCoverage"),
    /** {@link PeerMessage.ValidatedBlockRequestByHeight}. */
    VALIDATED_BLOCK_REQUEST_BY_HEIGHT(22, "ValidatedBlockRequestByHeight"),
    /** {@link PeerMessage.ValidatedBlock}. */
    VALIDATED_BLOCK(23, "ValidatedBlock"),
    /** {@link PeerMessage.LinkTxNotification}. */
    LINK_TX_NOTIFICATION(24, "LinkTxNotification"),
    /** {@link PeerMessage.LinkTxRequest}. */
    LINK_TX_REQUEST(25, "LinkTxRequest"),
    /** {@link PeerMessage.LinkTx}. */
    LINK_TX(26, "LinkTx"),
    /** {@link PeerMessage.BlockNotificationWithPowWitness}. */
    BLOCK_NOTIFICATION_WITH_POW_WITNESS(27, "BlockNotificationWithPowWitness"),
    /** {@link PeerMessage.TipWithParentAccumulatorRequest}. */
    TIP_WITH_PARENT_ACCUMULATOR_REQUEST(28, "TipWithParentAccumulatorRequest"),
    /** {@link PeerMessage.TipWithParentAccumulator}. */
    TIP_WITH_PARENT_ACCUMULATOR(29, "TipWithParentAccumulator"),
    /** {@link PeerMessage.ArchivalMutatorSetRequest}. */
    ARCHIVAL_MUTATOR_SET_REQUEST(30, "ArchivalMutatorSetRequest"),
    /** {@link PeerMessage.ArchivalMutatorSet}. */
    ARCHIVAL_MUTATOR_SET(31, "ArchivalMutatorSet"),
    /** {@link PeerMessage.BlockProposalNotificationRequest}. */
    BLOCK_PROPOSAL_NOTIFICATION_REQUEST(32, "BlockProposalNotificationRequest");

    private static final PeerMessageKind[] BY_INDEX = values();
    private static final Map<String, PeerMessageKind> BY_NAME =
            Arrays.stream(BY_INDEX).collect(Collectors.toMap(PeerMessageKind::upstreamName, Function.identity()));

    private final int index;
    private final String upstreamName;

    PeerMessageKind(int index, String upstreamName) {
        this.index = index;
        this.upstreamName = upstreamName;
    }

    /** The kind with {@code index} on the wire; empty if there is none. */
    public static Optional<PeerMessageKind> fromIndex(long index) {
        return index >= 0 && index < BY_INDEX.length ? Optional.of(BY_INDEX[(int) index]) : Optional.empty();
    }

    /** The kind that upstream calls {@code name}; empty if there is none. */
    public static Optional<PeerMessageKind> fromUpstreamName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The kind of {@code message}. */
    public static PeerMessageKind of(PeerMessage message) {
        return switch (message) {
            case PeerMessage.Handshake _ -> HANDSHAKE;
            case PeerMessage.Block _ -> BLOCK;
            case PeerMessage.BlockNotificationRequest _ -> BLOCK_NOTIFICATION_REQUEST;
            case PeerMessage.BlockNotification _ -> BLOCK_NOTIFICATION;
            case PeerMessage.BlockRequestByHeight _ -> BLOCK_REQUEST_BY_HEIGHT;
            case PeerMessage.BlockRequestByHash _ -> BLOCK_REQUEST_BY_HASH;
            case PeerMessage.BlockRequestBatch _ -> BLOCK_REQUEST_BATCH;
            case PeerMessage.BlockResponseBatch _ -> BLOCK_RESPONSE_BATCH;
            case PeerMessage.UnableToSatisfyBatchRequest _ -> UNABLE_TO_SATISFY_BATCH_REQUEST;
            case PeerMessage.SyncChallenge _ -> SYNC_CHALLENGE;
            case PeerMessage.SyncChallengeResponse _ -> SYNC_CHALLENGE_RESPONSE;
            case PeerMessage.BlockProposalNotification _ -> BLOCK_PROPOSAL_NOTIFICATION;
            case PeerMessage.BlockProposalRequest _ -> BLOCK_PROPOSAL_REQUEST;
            case PeerMessage.BlockProposal _ -> BLOCK_PROPOSAL;
            case PeerMessage.Transaction _ -> TRANSACTION;
            case PeerMessage.TransactionNotification _ -> TRANSACTION_NOTIFICATION;
            case PeerMessage.TransactionRequest _ -> TRANSACTION_REQUEST;
            case PeerMessage.PeerListRequest _ -> PEER_LIST_REQUEST;
            case PeerMessage.PeerListResponse _ -> PEER_LIST_RESPONSE;
            case PeerMessage.Bye _ -> BYE;
            case PeerMessage.ConnectionStatus _ -> CONNECTION_STATUS;
            case PeerMessage.SyncCoverage _ -> SYNC_COVERAGE;
            case PeerMessage.ValidatedBlockRequestByHeight _ -> VALIDATED_BLOCK_REQUEST_BY_HEIGHT;
            case PeerMessage.ValidatedBlock _ -> VALIDATED_BLOCK;
            case PeerMessage.LinkTxNotification _ -> LINK_TX_NOTIFICATION;
            case PeerMessage.LinkTxRequest _ -> LINK_TX_REQUEST;
            case PeerMessage.LinkTx _ -> LINK_TX;
            case PeerMessage.BlockNotificationWithPowWitness _ -> BLOCK_NOTIFICATION_WITH_POW_WITNESS;
            case PeerMessage.TipWithParentAccumulatorRequest _ -> TIP_WITH_PARENT_ACCUMULATOR_REQUEST;
            case PeerMessage.TipWithParentAccumulator _ -> TIP_WITH_PARENT_ACCUMULATOR;
            case PeerMessage.ArchivalMutatorSetRequest _ -> ARCHIVAL_MUTATOR_SET_REQUEST;
            case PeerMessage.ArchivalMutatorSet _ -> ARCHIVAL_MUTATOR_SET;
            case PeerMessage.BlockProposalNotificationRequest _ -> BLOCK_PROPOSAL_NOTIFICATION_REQUEST;
        };
    }

    /** The number that opens a message of this kind in bincode, in {@code [0, 32]}. */
    public int index() {
        return index;
    }

    /** Upstream's name, which is also the tag in JSON: {@code BlockRequestByHeight}. */
    public String upstreamName() {
        return upstreamName;
    }
}
