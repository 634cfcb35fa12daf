package proteus.domain.peer;

import java.util.Optional;
import java.util.Set;

/**
 * The reasons for which a message is dropped unread and unpunished, in the order in which they are asked.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
public enum MessageFilter {

    /** Drops proposals, most of what is about transactions and requests for the mutator set while the node syncs. */
    IGNORE_DURING_SYNC,

    /** Drops what only a syncing node can have asked for, while the node does not sync. */
    IGNORE_WHEN_NOT_SYNC,

    /** Drops everything but the messages about the connection itself while the node is frozen. */
    IGNORE_ON_FREEZE;

    /**
     * The first filter that drops a message of {@code kind}; empty if it is to be handled.
     *
     * @param syncing whether the node syncs, which is when it has a sync anchor
     * @param frozen whether the operator froze the node
     */
    public static Optional<MessageFilter> firstToDrop(PeerMessageKind kind, boolean syncing, boolean frozen) {
        if (syncing && IGNORE_DURING_SYNC.concerns(kind)) {
            return Optional.of(IGNORE_DURING_SYNC);
        }
        if (!syncing && IGNORE_WHEN_NOT_SYNC.concerns(kind)) {
            return Optional.of(IGNORE_WHEN_NOT_SYNC);
        }
        if (frozen && IGNORE_ON_FREEZE.concerns(kind)) {
            return Optional.of(IGNORE_ON_FREEZE);
        }
        return Optional.empty();
    }

    /** Whether this filter drops messages of {@code kind} in the state that it is named after. */
    public boolean concerns(PeerMessageKind kind) {
        return filtersOf(kind).contains(this);
    }

    private static Set<MessageFilter> filtersOf(PeerMessageKind kind) {
        return switch (kind) {
            case HANDSHAKE, PEER_LIST_REQUEST, PEER_LIST_RESPONSE, BYE, CONNECTION_STATUS -> Set.of();
            case BLOCK_RESPONSE_BATCH, UNABLE_TO_SATISFY_BATCH_REQUEST, SYNC_COVERAGE, VALIDATED_BLOCK ->
                Set.of(IGNORE_WHEN_NOT_SYNC, IGNORE_ON_FREEZE);
            // TransactionNotification is handled during sync although Transaction is not: upstream's asymmetry.
            case BLOCK_PROPOSAL_NOTIFICATION,
                    BLOCK_PROPOSAL_REQUEST,
                    BLOCK_PROPOSAL,
                    BLOCK_PROPOSAL_NOTIFICATION_REQUEST,
                    TRANSACTION,
                    LINK_TX_NOTIFICATION,
                    LINK_TX_REQUEST,
                    LINK_TX,
                    ARCHIVAL_MUTATOR_SET_REQUEST -> Set.of(IGNORE_DURING_SYNC, IGNORE_ON_FREEZE);
            case BLOCK,
                    BLOCK_NOTIFICATION_REQUEST,
                    BLOCK_NOTIFICATION,
                    BLOCK_NOTIFICATION_WITH_POW_WITNESS,
                    BLOCK_REQUEST_BY_HEIGHT,
                    BLOCK_REQUEST_BY_HASH,
                    BLOCK_REQUEST_BATCH,
                    SYNC_CHALLENGE,
                    SYNC_CHALLENGE_RESPONSE,
                    TRANSACTION_NOTIFICATION,
                    TRANSACTION_REQUEST,
                    VALIDATED_BLOCK_REQUEST_BY_HEIGHT,
                    TIP_WITH_PARENT_ACCUMULATOR_REQUEST,
                    TIP_WITH_PARENT_ACCUMULATOR,
                    ARCHIVAL_MUTATOR_SET -> Set.of(IGNORE_ON_FREEZE);
        };
    }
}
