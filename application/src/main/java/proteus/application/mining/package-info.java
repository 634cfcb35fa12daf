/**
 * Composing, guessing, and the one proposal that a node holds.
 *
 * <p>Node and miner speak over {@link proteus.application.mining.Miner} and {@link proteus.application.mining.MinerNode}, so
 * that another miner, with a prover, can take the place of the one that is here. Source: behaviour of neptune-cash 0.19.4,
 * {@code mine_loop.rs}, {@code main_loop.rs}; protocol page "behaviour", sections 6.1 and 7.
 */
package proteus.application.mining;
