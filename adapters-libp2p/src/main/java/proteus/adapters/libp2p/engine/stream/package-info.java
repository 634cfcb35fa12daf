/** What protocols on a stream have in common: messages with their length before them. */
package proteus.adapters.libp2p.engine.stream;
