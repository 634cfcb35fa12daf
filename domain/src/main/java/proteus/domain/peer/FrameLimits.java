package proteus.domain.peer;

/**
 * How long the frame of a message may be, by its kind. A payload of exactly the limit is fine.
 *
 * <p>Only receivers enforce this, and punish the sender, so a sender checks first. Source: neptune-p2p 0.19.4,
 * {@code peer.rs}; neptune-cash 0.19.4, {@code frame_codec.rs}.
 */
public final class FrameLimits {

    /** The greatest payload of any frame, in bytes. */
    public static final int OVERALL = 300 << 20;

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** JSON writes the same message at most so many times as long. */
    private static final long JSON_FACTOR = 3;

    private FrameLimits() {}

    /** The greatest payload of a bincode frame with a message of {@code kind}, in bytes. */
    public static int bincode(PeerMessageKind kind) {
        return switch (kind) {
            case BLOCK_REQUEST_BATCH, PEER_LIST_RESPONSE, SYNC_COVERAGE -> 2 * MIB;
            case BLOCK, BLOCK_PROPOSAL, VALIDATED_BLOCK, TIP_WITH_PARENT_ACCUMULATOR -> 20 * MIB;
            case LINK_TX -> 64 * MIB;
            case ARCHIVAL_MUTATOR_SET -> 65 * MIB;
            case TRANSACTION, SYNC_CHALLENGE_RESPONSE -> 270 * MIB;
            case BLOCK_RESPONSE_BATCH -> OVERALL;
            case HANDSHAKE,
                    BLOCK_NOTIFICATION_REQUEST,
                    BLOCK_NOTIFICATION,
                    BLOCK_REQUEST_BY_HEIGHT,
                    BLOCK_REQUEST_BY_HASH,
                    UNABLE_TO_SATISFY_BATCH_REQUEST,
                    SYNC_CHALLENGE,
                    BLOCK_PROPOSAL_NOTIFICATION,
                    BLOCK_PROPOSAL_REQUEST,
                    TRANSACTION_NOTIFICATION,
                    TRANSACTION_REQUEST,
                    PEER_LIST_REQUEST,
                    BYE,
                    CONNECTION_STATUS,
                    VALIDATED_BLOCK_REQUEST_BY_HEIGHT,
                    LINK_TX_NOTIFICATION,
                    LINK_TX_REQUEST,
                    BLOCK_NOTIFICATION_WITH_POW_WITNESS,
                    TIP_WITH_PARENT_ACCUMULATOR_REQUEST,
                    ARCHIVAL_MUTATOR_SET_REQUEST,
                    BLOCK_PROPOSAL_NOTIFICATION_REQUEST -> 64 * KIB;
        };
    }

    /** The greatest payload of a JSON frame with a message of {@code kind}, in bytes: three times as much, capped. */
    public static int json(PeerMessageKind kind) {
        return (int) Math.min(JSON_FACTOR * bincode(kind), OVERALL);
    }
}
