/** What implementations of the engine's contracts are held against. */
package proteus.adapters.libp2p.engine.contract;
