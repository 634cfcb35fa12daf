/** The networks that a node can join. */
package proteus.domain.network;
