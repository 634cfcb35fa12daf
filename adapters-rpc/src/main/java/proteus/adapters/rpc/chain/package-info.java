/**
 * What both RPCs tell of the chain, worked out of {@link proteus.application.chain.ChainSnapshot} and the blocks that it
 * reads. Nothing here keeps an index: what upstream looks up in a database is searched for in the blocks, and the result
 * is the same. Every method may block on the store.
 */
package proteus.adapters.rpc.chain;
