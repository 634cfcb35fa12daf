/** Measured runs of whole nodes, which JMH is not made for; Maven profile {@code measurements}. */
package proteus.bootstrap.measure;
