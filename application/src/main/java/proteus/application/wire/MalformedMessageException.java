package proteus.application.wire;

import java.util.Optional;
import proteus.domain.peer.PeerMessageKind;

/**
 * Says that bytes from a peer do not have the form that they should have.
 *
 * <p>Has no stack trace: what matters is where in the bytes the fault lies, and a hostile peer should not be able to
 * make its faults expensive.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<PeerMessageKind> kind;
    private final int offset;
    private final Reason reason;

    MalformedMessageException(Optional<PeerMessageKind> kind, int offset, Reason reason) {
        super(describe(kind, offset, reason), null, false, false);
        this.kind = kind;
        this.offset = offset;
        this.reason = reason;
    }

    private static String describe(Optional<PeerMessageKind> kind, int offset, Reason reason) {
        return kind.map(PeerMessageKind::upstreamName).orElse("input") + " at byte " + offset + ": " + reason.text;
    }

    /** The kind of the message; empty if it is unknown, or if the bytes are no message but a record of their own. */
    public Optional<PeerMessageKind> kind() {
        return kind;
    }

    /** Where the offending item begins, in bytes from the start of the message or record. */
    public int offset() {
        return offset;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with bytes. */
    public enum Reason {

        /** The bytes end before the value does, or a list announces more elements than the rest could hold. */
        ENDS_EARLY("ends early"),

        /** The value ends before the bytes do; an error in variable width only. */
        TRAILING_BYTES("bytes left over"),

        /** The index of the message kind is above the last one. */
        UNKNOWN_KIND("unknown message kind"),

        /** The index of another choice is above its last one. */
        UNKNOWN_VARIANT("unknown variant"),

        /** A truth value other than 0 and 1. */
        NOT_A_BOOLEAN("neither true nor false"),

        /** The tag of an optional value is neither 0 nor 1. */
        NOT_AN_OPTION("neither present nor absent"),

        /** An integer opens with a marker that its type does not have. */
        BAD_INTEGER_MARKER("integer marker not allowed here"),

        /** An integer does not fit its type. */
        INTEGER_TOO_LARGE("integer too large for its type"),

        /** A string is not UTF-8. */
        NOT_UTF8("not UTF-8"),

        /** A time beyond what the reference's clock type can hold. */
        TIME_OVERFLOW("time out of range"),

        /** A list announces more elements than upstream decodes. */
        LIST_TOO_LONG("list too long");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
