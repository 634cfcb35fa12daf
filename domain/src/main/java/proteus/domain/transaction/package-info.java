/** Transactions as data: kernels, amounts, proofs, link transactions. */
package proteus.domain.transaction;
