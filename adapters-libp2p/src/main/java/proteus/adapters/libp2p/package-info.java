/** A libp2p engine on Netty, and the Neptune protocols on top of it. Nothing yet: its issue has not come. */
package proteus.adapters.libp2p;
