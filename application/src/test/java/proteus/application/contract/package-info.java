/**
 * What every implementation of a port does, as abstract test classes; the in-memory twins that pass them; and wrappers
 * that look at whether callers keep the rules.
 *
 * <p>{@link proteus.application.contract.InMemoryNetwork} joins whole nodes. Packed as a test jar for the adapters.
 */
package proteus.application.contract;
