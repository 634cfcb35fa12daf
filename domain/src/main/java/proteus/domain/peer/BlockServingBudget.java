package proteus.domain.peer;

import java.time.Duration;
import java.time.Instant;

/**
 * How many blocks one connection may still ask for.
 *
 * <p>Counts in windows of {@link #WINDOW}, each of which begins with the first request after the one before is over. A
 * request that does not fit is not charged. Immutable. Source: neptune-cash 0.19.4, {@code peer_loop.rs}.
 *
 * @param limit what may be used in one window, not negative
 * @param used what was used in the current window, in {@code [0, limit]}
 * @param windowStart when the current window began
 */
public record BlockServingBudget(long limit, long used, Instant windowStart) {

    /** How long a window lasts. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int COST_OF_BATCH = 35;

    public BlockServingBudget {
        if (limit < 0) {
            throw new IllegalArgumentException("negative limit: " + limit);
        }
        if (used < 0 || used > limit) {
            throw new IllegalArgumentException("used " + used + " of " + limit);
        }
    }

    /**
     * The answer to a request.
     *
     * @param granted whether the request is to be served; if not, it costs the peer {@link
     *     NegativePeerSanction.ExcessiveBlockRequests} and is not answered
     * @param budget what is left
     */
    public record Charge(boolean granted, BlockServingBudget budget) {}

    /** The budget of a new connection. */
    public static BlockServingBudget of(long limit) {
        return new BlockServingBudget(limit, 0, Instant.EPOCH);
    }

    /** What a message of {@code kind} costs: 35 for a batch whatever its size, 1 for a block, else 0. */
    public static int costOf(PeerMessageKind kind) {
        return switch (kind) {
            case BLOCK_REQUEST_BATCH -> COST_OF_BATCH;
            case BLOCK_REQUEST_BY_HEIGHT,
                    BLOCK_REQUEST_BY_HASH,
                    BLOCK_PROPOSAL_REQUEST,
                    VALIDATED_BLOCK_REQUEST_BY_HEIGHT,
                    TIP_WITH_PARENT_ACCUMULATOR_REQUEST -> 1;
            case HANDSHAKE,
                    BLOCK,
                    BLOCK_NOTIFICATION_REQUEST,
                    BLOCK_NOTIFICATION,
                    BLOCK_RESPONSE_BATCH,
                    UNABLE_TO_SATISFY_BATCH_REQUEST,
                    SYNC_CHALLENGE,
                    SYNC_CHALLENGE_RESPONSE,
                    BLOCK_PROPOSAL_NOTIFICATION,
                    BLOCK_PROPOSAL,
                    TRANSACTION,
                    TRANSACTION_NOTIFICATION,
                    TRANSACTION_REQUEST,
                    PEER_LIST_REQUEST,
                    PEER_LIST_RESPONSE,
                    BYE,
                    CONNECTION_STATUS,
                    SYNC_COVERAGE,
                    VALIDATED_BLOCK,
                    LINK_TX_NOTIFICATION,
                    LINK_TX_REQUEST,
                    LINK_TX,
                    BLOCK_NOTIFICATION_WITH_POW_WITNESS,
                    TIP_WITH_PARENT_ACCUMULATOR,
                    ARCHIVAL_MUTATOR_SET_REQUEST,
                    ARCHIVAL_MUTATOR_SET,
                    BLOCK_PROPOSAL_NOTIFICATION_REQUEST -> 0;
        };
    }

    /**
     * Charges {@code cost} at {@code now}.
     *
     * @param cost not negative; 0 is always granted and begins no window
     * @throws IllegalArgumentException if {@code cost} is negative
     */
    public Charge charge(int cost, Instant now) {
        if (cost < 0) {
            throw new IllegalArgumentException("negative cost: " + cost);
        }
        if (cost == 0) {
            return new Charge(true, this);
        }
        BlockServingBudget current = isOver(now) ? new BlockServingBudget(limit, 0, now) : this;
        if (cost > limit - current.used) {
            return new Charge(false, current);
        }
        return new Charge(true, new BlockServingBudget(limit, current.used + cost, current.windowStart));
    }

    /** Also when the clock went backwards: else a peer might wait for as long as the clock was ahead. */
    private boolean isOver(Instant now) {
        return now.isBefore(windowStart) || Duration.between(windowStart, now).compareTo(WINDOW) >= 0;
    }
}
