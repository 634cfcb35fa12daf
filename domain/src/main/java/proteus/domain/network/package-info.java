/** The networks that a node can join, and by what rules they differ. */
package proteus.domain.network;
