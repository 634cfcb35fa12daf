package proteus.domain.mutatorset;

import proteus.domain.field.U32Sequence;

/**
 * The part of the sliding-window Bloom filter that new items still fall into.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code active_window.rs}.
 *
 * @param sbf positions of set bits in the order held; a duplicate means that the bit was set twice
 */
public record ActiveWindow(U32Sequence sbf) {}
