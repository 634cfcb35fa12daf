/** The mutator set types that blocks and transactions carry, as data. */
package proteus.domain.mutatorset;
