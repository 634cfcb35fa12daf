package proteus.domain.comparison;

/**
 * What a while of measuring gave.
 *
 * @param median of all values
 * @param samples how many values there were, 1 or more
 */
public record Reading(double median, long samples) {}
