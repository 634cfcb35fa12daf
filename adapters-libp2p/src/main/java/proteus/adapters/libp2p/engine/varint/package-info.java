/** Unsigned integers of variable length, as multiformats and libp2p write them. */
package proteus.adapters.libp2p.engine.varint;
