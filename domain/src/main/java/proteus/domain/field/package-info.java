/** The base field of Neptune Cash: p = 2^64 - 2^32 + 1. Elements are primitive canonical {@code long}s; no boxing. */
package proteus.domain.field;
