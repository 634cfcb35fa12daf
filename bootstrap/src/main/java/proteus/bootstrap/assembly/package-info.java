/**
 * Puts a node together from its configuration, starts it and stops it in order. The one place that knows Dagger.
 *
 * <p>Everything that a node has is made for that node alone, so several can live in one process.
 */
package proteus.bootstrap.assembly;
