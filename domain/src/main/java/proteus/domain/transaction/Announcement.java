package proteus.domain.transaction;

import proteus.domain.field.BFieldElements;

/**
 * A public message in a transaction; most carry an encrypted note to the receiver of an output.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code announcement.rs}.
 *
 * @param message the field elements of the message; any number
 */
public record Announcement(BFieldElements message) {

    private static final Announcement EMPTY = new Announcement(BFieldElements.empty());

    /** The announcement of no elements. */
    public static Announcement empty() {
        return EMPTY;
    }
}
