package proteus.domain.mutatorset;

/**
 * The leafs of the commitment list among which the item is that an index set belongs to; both ends included, unsigned.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code absolute_index_set.rs}.
 *
 * @param lower the first that it can be
 * @param upper the last that it can be
 */
public record AoclRange(long lower, long upper) {}
