package proteus.domain.codec;

/**
 * Says that a sequence of field elements is not the encoding of the value that it should be.
 *
 * <p>Has no stack trace: what matters is where the fault lies, and a hostile peer should not be able to make its faults
 * expensive.
 */
public final class FieldDecodingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final Reason reason;

    FieldDecodingException(int position, Reason reason) {
        super("element " + position + ": " + reason.text, null, false, false);
        this.position = position;
        this.reason = reason;
    }

    /** Where the offending item begins, in elements from the start of the whole sequence. */
    public int position() {
        return position;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a sequence. */
    public enum Reason {

        /** The sequence, or the part that a length announced, ends before the value does. */
        ENDS_EARLY("ends early"),

        /** The value ends before the sequence does, or before the part that a length announced. */
        TRAILING_ELEMENTS("elements left over"),

        /** An integer, or a limb of one, does not fit its width. */
        TOO_LARGE("integer too large for its width"),

        /** A truth value other than 0 and 1. */
        NOT_A_BOOLEAN("neither true nor false"),

        /** The tag of an optional value is neither 0 nor 1. */
        NOT_AN_OPTION("neither present nor absent"),

        /** The index of a choice is above its last one. */
        UNKNOWN_VARIANT("unknown variant");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
