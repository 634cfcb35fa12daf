/**
 * What the command {@code peer} does: a libp2p peer of its own on the engine alone, to look at other peers and to be
 * looked at by them.
 */
package proteus.bootstrap.peer;
