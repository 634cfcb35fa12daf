/** Bytes as text that says its own base, as multiformats write it. */
package proteus.adapters.libp2p.engine.multibase;
