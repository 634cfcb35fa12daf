/**
 * The mutator set: what blocks and transactions carry of it, and the rules of adding and removing.
 *
 * <p>Whatever comes from a peer is judged, and nothing of it is an error. Source: neptune-mutator-set 0.19.4.
 */
package proteus.domain.mutatorset;
