package proteus.application.chain;

import proteus.domain.hash.Digest;

/**
 * The chain as its readers see it. Answers at once and never blocks; two calls may see two states. Safe for use by many
 * threads.
 */
public interface ChainView {

    /** The hash of the first block. */
    Digest genesis();

    /** The last block. */
    ChainTip tip();
}
