package proteus.adapters.libp2p.engine.event;

/**
 * Something that happened in the engine and may be counted.
 *
 * <p>Addresses are text: multiaddrs where there is one. Texts that a remote has chosen are bounded by the protocol they came
 * through, but may hold any character.
 */
public sealed interface EngineEvent permits ConnectionEvent, StreamEvent, ProtocolEvent, ResourceEvent {}
