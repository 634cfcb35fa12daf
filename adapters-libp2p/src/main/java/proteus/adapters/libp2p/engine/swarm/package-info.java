/**
 * The host itself: it upgrades raw connections, keeps the established ones, dials several addresses at once, and brings
 * streams to those who handle their protocol.
 */
package proteus.adapters.libp2p.engine.swarm;
