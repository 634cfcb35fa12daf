/**
 * What every implementation of a port does, as abstract test classes, and the in-memory twins that pass them.
 *
 * <p>Packed as a test jar for the adapters.
 */
package proteus.application.contract;
