package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.WireFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import proteus.application.wire.FrameKind;
import proteus.domain.peer.PeerMessageKind;

/** Tells the kind of a session message from its first bytes: the tag of its family, a length, the tag of its kind. */
final class NativeKind {

    /** By the number of the family less one, then of the body less one. */
    private static final List<List<PeerMessageKind>> KINDS = List.of(
            List.of(PeerMessageKind.HANDSHAKE, PeerMessageKind.CONNECTION_STATUS, PeerMessageKind.BYE),
            List.of(
                    PeerMessageKind.BLOCK_NOTIFICATION_REQUEST,
                    PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION_REQUEST,
                    PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT,
                    PeerMessageKind.BLOCK_REQUEST_BY_HASH,
                    PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR_REQUEST,
                    PeerMessageKind.BLOCK_PROPOSAL_REQUEST,
                    PeerMessageKind.BLOCK,
                    PeerMessageKind.BLOCK_PROPOSAL,
                    PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR),
            List.of(PeerMessageKind.PEER_LIST_REQUEST, PeerMessageKind.PEER_LIST_RESPONSE),
            List.of(
                    PeerMessageKind.TRANSACTION_REQUEST,
                    PeerMessageKind.LINK_TX_REQUEST,
                    PeerMessageKind.TRANSACTION,
                    PeerMessageKind.LINK_TX),
            List.of(
                    PeerMessageKind.BLOCK_NOTIFICATION,
                    PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS,
                    PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION,
                    PeerMessageKind.TRANSACTION_NOTIFICATION,
                    PeerMessageKind.LINK_TX_NOTIFICATION),
            List.of(
                    PeerMessageKind.BLOCK_REQUEST_BATCH,
                    PeerMessageKind.BLOCK_RESPONSE_BATCH,
                    PeerMessageKind.UNABLE_TO_SATISFY_BATCH_REQUEST,
                    PeerMessageKind.SYNC_CHALLENGE,
                    PeerMessageKind.SYNC_CHALLENGE_RESPONSE,
                    PeerMessageKind.SYNC_COVERAGE,
                    PeerMessageKind.VALIDATED_BLOCK_REQUEST_BY_HEIGHT,
                    PeerMessageKind.VALIDATED_BLOCK,
                    PeerMessageKind.ARCHIVAL_MUTATOR_SET_REQUEST,
                    PeerMessageKind.ARCHIVAL_MUTATOR_SET));

    private static final long CUT_OFF = -1;
    private static final long NONE = -2;

    private NativeKind() {}

    /**
     * What the first bytes tell.
     *
     * @param length bytes in the whole message, in {@code [0, 2^32)}
     * @param received what has come of it: the remaining bytes of the buffer, which stays as it is; more may be there
     */
    static FrameKind of(long length, ByteBuffer received) {
        int window = (int) Math.min(length, FrameKind.WINDOW);
        ByteBuffer first = received.duplicate();
        first.limit(first.position() + Math.min(window, first.remaining()));
        boolean isAllThereIs = first.remaining() == window;
        long family = varint(first);
        long inner = varint(first);
        long body = varint(first);
        if (family == CUT_OFF || inner == CUT_OFF || body == CUT_OFF) {
            return isAllThereIs ? new FrameKind.Unknown() : new FrameKind.Undecided();
        }
        return inner == 0 || inner == NONE
                ? new FrameKind.Unknown()
                : alternative(KINDS, family)
                        .flatMap(kinds -> alternative(kinds, body))
                        .<FrameKind>map(FrameKind.Known::new)
                        .orElseGet(FrameKind.Unknown::new);
    }

    private static <T> Optional<T> alternative(List<T> from, long tag) {
        long number = tag >>> 3;
        return (tag & 7) == WireFormat.WIRETYPE_LENGTH_DELIMITED && number >= 1 && number <= from.size()
                ? Optional.of(from.get((int) number - 1))
                : Optional.empty();
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            if (!from.hasRemaining()) {
                return CUT_OFF;
            }
            byte next = from.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return NONE;
    }
}
