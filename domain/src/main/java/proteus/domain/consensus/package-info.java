/**
 * What makes a block valid and which of two chains is the chain. All of it is pure: the time and what is random come in
 * as arguments, real proofs through {@link proteus.domain.consensus.ProofVerifier}.
 */
package proteus.domain.consensus;
