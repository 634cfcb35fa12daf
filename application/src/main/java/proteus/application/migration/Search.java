package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;

/**
 * Looks for one peer on another stack, place by place, and makes up its mind from what it meets there. What the budget does
 * not allow now is left for the next call. For one thread at a time.
 */
final class Search {

    private static final System.Logger LOG = System.getLogger(Search.class.getName());

    private final Deque<PeerEndpoint> left;
    private final PeerAddress peer;
    private boolean refusedOnTcp;
    private boolean unclear;
    private boolean someoneElse;
    private boolean stillConnected;
    private String detail = "nowhere to look";

    /** What came of looking. */
    sealed interface Result {

        /** It is there. */
        record Found(HeldDial held, PeerEndpoint endpoint) implements Result {}

        /** It is not, or that is not known. */
        record NotFound(MoveOutcome why, String detail) implements Result {}

        /** There is more to look at, when there is budget again. */
        record Unfinished() implements Result {}
    }

    /**
     * Through {@code places}, in their order.
     *
     * @param peer the other end of the session, for the log
     */
    Search(List<PeerEndpoint> places, PeerAddress peer) {
        left = new ArrayDeque<>(places);
        this.peer = peer;
    }

    /** What may be spent. */
    interface Budget {
        /** Whether one more place may be looked at now, which then counts. */
        boolean spend();
    }

    /** Looks on. */
    Result go(PeerTransport transport, MoveGate gate, Budget budget) throws InterruptedException {
        while (!left.isEmpty()) {
            if (!budget.spend()) {
                return new Result.Unfinished();
            }
            PeerEndpoint place = left.remove();
            Optional<HeldDial> held = look(transport, gate, place);
            if (held.isPresent()) {
                return new Result.Found(held.get(), place);
            }
        }
        return new Result.NotFound(verdict(), detail);
    }

    private Optional<HeldDial> look(PeerTransport transport, MoveGate gate, PeerEndpoint place)
            throws InterruptedException {
        try {
            HeldDial held = transport.hold(place, gate);
            boolean same = held.theirs().map(gate::isSame).orElse(true);
            boolean isExpected = place.carrier().stack() == Stack.LEGACY
                    || gate.expected().map(held.peerId()::equals).orElse(true);
            if (same && isExpected) {
                return Optional.of(held);
            }
            held.close();
            someoneElse = true;
            tell(place, "another node is there");
        } catch (DialFailedException failed) {
            judge(failed.reason(), place.carrier());
            tell(place, String.valueOf(failed.getMessage()));
        }
        return Optional.empty();
    }

    private void tell(PeerEndpoint place, String what) {
        detail = place.toMultiaddress() + ": " + what;
        LOG.log(Level.DEBUG, "peer {0}: looked for it at {1}: {2}", peer, place.toMultiaddress(), what);
    }

    /** Over UDP a closed port may look like silence, so that says little of a peer. */
    private void judge(Cause cause, Carrier carrier) {
        switch (cause) {
            case Cause.PortClosed _, Cause.NotThisProtocol _ -> refusedOnTcp |= carrier != Carrier.LIBP2P_QUIC;
            case Cause.AnotherPeer _ -> someoneElse = true;
            case Cause.TimedOut _ -> unclear |= carrier != Carrier.LIBP2P_QUIC;
            case Cause.Unreachable _,
                    Cause.ClosedByPeer _,
                    Cause.RefusedByPeer _,
                    Cause.RefusedByUs _,
                    Cause.Stopped _ -> unclear = true;
            // The session's own connection from before the last move: to look elsewhere for the same peer helps
            // nothing.
            case Cause.AlreadyConnected _ -> {
                stillConnected = true;
                left.clear();
            }
        }
    }

    private MoveOutcome verdict() {
        if (stillConnected) {
            return MoveOutcome.NOT_NOW;
        }
        if (unclear) {
            return MoveOutcome.LATER;
        }
        if (someoneElse) {
            return MoveOutcome.SOMEONE_ELSE;
        }
        return refusedOnTcp ? MoveOutcome.OLD_PEER : MoveOutcome.LATER;
    }
}
