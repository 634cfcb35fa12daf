/**
 * The chain: {@link proteus.application.chain.ChainState} keeps it and chooses it, everybody else sees its tip and takes
 * snapshots.
 */
package proteus.application.chain;
