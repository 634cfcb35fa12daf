/**
 * What other implementations fell to, sent to a running host: that lives, its memory stays bounded, and its other peers
 * notice nothing. The list with what happens is in {@code docs/attacks.md}.
 */
package proteus.adapters.libp2p.engine.attack;
