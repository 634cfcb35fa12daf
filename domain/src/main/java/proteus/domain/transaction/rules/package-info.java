/**
 * Which transactions a node takes: whether they can be confirmed, whether their proofs hold, and the policy of admission.
 *
 * <p>Pure: the time comes in as an argument, real proofs through {@link proteus.domain.consensus.ProofVerifier}. What is
 * done to a peer whose transaction is refused is decided elsewhere.
 */
package proteus.domain.transaction.rules;
