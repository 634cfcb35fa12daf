/** What is needed to compare two ways of doing the same: how often measured values fell where, in constant memory. */
@org.jspecify.annotations.NullMarked
package proteus.domain.comparison;
