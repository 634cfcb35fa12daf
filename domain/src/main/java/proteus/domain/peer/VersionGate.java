package proteus.domain.peer;

import java.util.Optional;

/**
 * What a peer can be trusted to understand and to do, judged by the version in its handshake.
 *
 * <p>Versions are compared in the total order of {@link SemanticVersion}; a version that cannot be read passes no gate.
 * Source: neptune-cash 0.19.4, {@code peer_loop.rs}; neptune-p2p 0.19.4, {@code handshake_data.rs}.
 *
 * @param version the peer's version; empty if its text was none
 */
public record VersionGate(Optional<SemanticVersion> version) {

    private static final SemanticVersion LAST_WITH_PLAIN_ANNOUNCEMENTS = SemanticVersion.of(0, 19, 0);
    private static final SemanticVersion LAST_WITHOUT_PROPOSAL_REQUEST = SemanticVersion.of(0, 19, 3);

    /** The minor version, below major version 1, at which nodes stopped talking to those before it. */
    private static final long COMPATIBILITY_BOUNDARY = 17;

    /** The gate for the version text of a handshake. */
    public static VersionGate of(String version) {
        return new VersionGate(SemanticVersion.parse(version));
    }

    /** The gate for the version that {@code handshake} states. */
    public static VersionGate of(HandshakeData handshake) {
        return of(handshake.version());
    }

    /**
     * Whether two nodes with these versions may talk: both can be read, and if both have major version 0, their minor
     * versions are on the same side of 17.
     */
    public boolean isCompatibleWith(VersionGate other) {
        if (version.isEmpty() || other.version.isEmpty()) {
            return false;
        }
        SemanticVersion mine = version.get();
        SemanticVersion theirs = other.version.get();
        if (mine.major() != 0 || theirs.major() != 0) {
            return true;
        }
        return isBeforeBoundary(mine) == isBeforeBoundary(theirs);
    }

    private static boolean isBeforeBoundary(SemanticVersion version) {
        return Long.compareUnsigned(version.minor(), COMPATIBILITY_BOUNDARY) < 0;
    }

    /**
     * Whether the peer announces blocks with {@link PeerMessageKind#BLOCK_NOTIFICATION_WITH_POW_WITNESS} and must get
     * them so; every other peer uses {@link PeerMessageKind#BLOCK_NOTIFICATION}. Versions above 0.19.0.
     */
    public boolean expectsPowWitness() {
        return isAfter(LAST_WITH_PLAIN_ANNOUNCEMENTS);
    }

    /** Whether sending transactions to a node that declines them is the peer's fault. Versions above 0.19.0. */
    public boolean respectsTransactionRelayFlag() {
        return isAfter(LAST_WITH_PLAIN_ANNOUNCEMENTS);
    }

    /**
     * Whether the peer knows {@link PeerMessageKind#TIP_WITH_PARENT_ACCUMULATOR_REQUEST}. Versions above 0.19.0.
     */
    public boolean knowsTipWithParentAccumulatorRequest() {
        return isAfter(LAST_WITH_PLAIN_ANNOUNCEMENTS);
    }

    /**
     * Whether the peer knows {@link PeerMessageKind#BLOCK_PROPOSAL_NOTIFICATION_REQUEST}. Versions above 0.19.3.
     */
    public boolean knowsBlockProposalNotificationRequest() {
        return isAfter(LAST_WITHOUT_PROPOSAL_REQUEST);
    }

    private boolean isAfter(SemanticVersion last) {
        return version.isPresent() && version.get().isAfter(last);
    }
}
