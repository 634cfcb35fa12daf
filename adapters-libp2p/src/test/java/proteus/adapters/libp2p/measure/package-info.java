/** Measured runs of the engine, by the profile {@code measurements}; what they gave is in {@code docs/performance.md}. */
package proteus.adapters.libp2p.measure;
