/**
 * Moves sessions of a running node from the legacy stack to libp2p, one by one, and back: stages, whom to move and when, the
 * cutover of one connection, and what is remembered of it.
 */
package proteus.application.migration;
