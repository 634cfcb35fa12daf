/** Whole nodes over real sockets. */
package proteus.bootstrap.assembly;
