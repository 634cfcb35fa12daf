/** Addresses that say how to reach a peer, layer by layer, as text and as bytes. */
package proteus.adapters.libp2p.engine.multiaddr;
