/** The Neptune protocols on top of the engine. Empty so far; its place is kept. */
package proteus.adapters.libp2p;
