package proteus.domain.peer;

import proteus.domain.field.U32Sequence;

/**
 * Which block heights a syncing node has.
 *
 * <p>Heights below the lower bound are all there, those from the upper bound on all missing. In between, height i is
 * bit i mod 32, counted from the least significant, of limb i / 32 - lowerBound / 32: limbs are aligned to absolute
 * heights. As it comes from the wire, bounds and limbs may contradict each other. Source: neptune-p2p 0.19.4,
 * {@code transfer_sync_bit_mask.rs}.
 *
 * @param lowerBound unsigned, inclusive
 * @param upperBound unsigned, exclusive
 * @param limbs 32 heights each
 */
public record TransferSyncBitMask(long lowerBound, long upperBound, U32Sequence limbs) {}
