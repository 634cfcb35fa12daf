package proteus.application.port;

import java.util.Optional;
import proteus.domain.peer.ConnectionRefusedReason;

/** A dial did not end in a connection. */
public final class DialFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Cause reason;

    /** With what happened. */
    public DialFailedException(Cause reason) {
        super(reason.text());
        this.reason = reason;
    }

    /** What happened. */
    public Cause reason() {
        return reason;
    }

    /** Why a dial failed; the caller decides from it whether and when to try again. */
    public sealed interface Cause {

        /** For the log. */
        default String text() {
            return switch (this) {
                case PortClosed(String detail) -> "nobody listens there: " + detail;
                case Unreachable(String detail) -> "unreachable: " + detail;
                case TimedOut(String step) -> "timed out while " + step;
                case NotThisProtocol(String detail) -> "does not speak this protocol: " + detail;
                case ClosedByPeer(String detail) -> "closed by the peer: " + detail;
                case AnotherPeer(String detail) -> "another peer is there: " + detail;
                case RefusedByPeer(ConnectionRefusedReason why) -> "refused by the peer: " + why;
                case RefusedByUs(String why, var _) -> "refused by us: " + why;
                case AlreadyConnected() -> "it has a session over another connection";
                case Stopped() -> "this node is stopping";
            };
        }

        /** The host is there and says that nobody listens at this port. */
        record PortClosed(String detail) implements Cause {}

        /** No connection: no route, reset before a byte came. */
        record Unreachable(String detail) implements Cause {}

        /** A step took longer than the handshake timeout. */
        record TimedOut(String step) implements Cause {}

        /** Something answered, but not this protocol, or it closed where the protocol would have answered. */
        record NotThisProtocol(String detail) implements Cause {}

        /**
         * The peer speaks this protocol, and closed the connection where it would have gone on: it does not want this node,
         * which on libp2p is not said, or not now.
         */
        record ClosedByPeer(String detail) implements Cause {}

        /** Somebody else than the peer that was dialled proved who it is. */
        record AnotherPeer(String detail) implements Cause {}

        /** The peer said no. */
        record RefusedByPeer(ConnectionRefusedReason why) implements Cause {}

        /**
         * The peer did not pass this node's own rules, or its limits.
         *
         * @param why for the log
         * @param reason which rule, where the network has a name for it
         */
        record RefusedByUs(String why, Optional<ConnectionRefusedReason> reason) implements Cause {

            /** For a rule without a name. */
            public RefusedByUs(String why) {
                this(why, Optional.empty());
            }

            /** For a rule that has one. */
            public RefusedByUs(ConnectionRefusedReason reason) {
                this(reason.toString(), Optional.of(reason));
            }
        }

        /** The peer that answered has a session with this node, over another connection: nothing is amiss. */
        record AlreadyConnected() implements Cause {}

        /** The transport is closing. */
        record Stopped() implements Cause {}
    }
}
