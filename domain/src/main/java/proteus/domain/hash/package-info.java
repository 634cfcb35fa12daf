/** Tip5 and what is built directly on it: digests, Merkle trees, MAST hashes. */
package proteus.domain.hash;
