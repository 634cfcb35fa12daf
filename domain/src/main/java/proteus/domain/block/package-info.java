/** Blocks as data: headers, bodies, appendices, proofs, difficulty, genesis. */
package proteus.domain.block;
