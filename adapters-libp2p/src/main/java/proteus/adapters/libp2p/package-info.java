/** A libp2p engine on Netty, and the Neptune protocols on top of it. Empty so far; its place is kept. */
package proteus.adapters.libp2p;
