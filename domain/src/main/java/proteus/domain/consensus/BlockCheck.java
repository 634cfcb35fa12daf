package proteus.domain.consensus;

/**
 * A part of the judgement of a block that needs no other part. Pure and safe for use by many threads, so that the parts
 * can run side by side.
 */
@FunctionalInterface
public interface BlockCheck {

    /** The verdict as far as this part can tell. */
    BlockVerdict judge();
}
