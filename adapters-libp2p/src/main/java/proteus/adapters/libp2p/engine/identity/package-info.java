/** Who a peer is: keys, the ids made from them, and the file that keeps the own key. */
package proteus.adapters.libp2p.engine.identity;
