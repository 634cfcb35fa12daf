/** Drills of the migration: whole nodes, real sockets and real stores, moved there and back while blocks are mined. */
package proteus.bootstrap.drill;
