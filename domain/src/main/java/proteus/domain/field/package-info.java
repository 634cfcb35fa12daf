/**
 * The base field of Neptune Cash, p = 2^64 - 2^32 + 1, and sequences of numbers. Elements are primitive canonical
 * {@code long}s, words primitive {@code int}s; no boxing.
 */
package proteus.domain.field;
