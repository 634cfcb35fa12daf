/**
 * What the node needs from outside, and what the outside may ask of the node: transports and connections, the
 * stores of peers and of the chain, time, randomness and a pool for long work.
 *
 * <p>Only interfaces, and the values and exceptions they speak with. What the outside provides has a contract
 * suite and an in-memory twin in the tests of this module, package {@code proteus.application.contract}; an adapter is
 * done when it passes.
 */
package proteus.application.port;
