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

    /**
     * A fault.
     *
     * @param kind as {@link #kind()}
     * @param offset as {@link #offset()}
     * @param reason what is wrong
     */
    public MalformedMessageException(Optional<PeerMessageKind> kind, int offset, Reason reason) {
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

        /** The value ends before the bytes do; an error in variable width and in JSON, where white space may follow. */
        TRAILING_BYTES("bytes left over"),

        /** The message kind's index is above the last one, or its name in JSON is none. */
        UNKNOWN_KIND("unknown message kind"),

        /** The index of another choice is above its last one, or its name in JSON is none. */
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

        /** A list announces more elements than upstream decodes, or in JSON or Protobuf has them. */
        LIST_TOO_LONG("list too long"),

        /** A list in JSON or Protobuf that should have a certain number of elements has fewer. */
        LIST_TOO_SHORT("list too short"),

        /** The text is not JSON. */
        NOT_JSON("not JSON"),

        /** The text is longer, deeper, or has a longer name, number or string than any message has. */
        BEYOND_LIMITS("beyond the limits of any message"),

        /** A value in JSON or Protobuf is of another type than belongs there: a fraction for an integer, an object for a list. */
        WRONG_TYPE("value of the wrong type"),

        /** An integer in JSON is negative, and its type has no negative ones. */
        NEGATIVE_INTEGER("integer must not be negative"),

        /** A string in JSON does not have the form of its type: no digest, no address, an escape sequence. */
        BAD_STRING("string not of the form that its type has"),

        /** An object in JSON lacks a member, or a message in Protobuf a field. */
        MISSING_MEMBER("member missing"),

        /** An object in JSON has a member twice, or a message in Protobuf a field, or two of which it may have one. */
        DUPLICATE_MEMBER("member twice"),

        /** A tag or integer in Protobuf that there is not, or a group, which no message has. */
        NOT_PROTOBUF("not Protobuf"),

        /** A field element that is not below p, where the form does not reduce it. */
        NOT_CANONICAL("field element not reduced"),

        /** Bytes in Protobuf that are no whole number of elements, or not as many as belong there. */
        BAD_LENGTH("not as many bytes as belong there");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
