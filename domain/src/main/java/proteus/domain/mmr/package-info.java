/** Merkle mountain ranges: accumulators and membership proofs. */
package proteus.domain.mmr;
