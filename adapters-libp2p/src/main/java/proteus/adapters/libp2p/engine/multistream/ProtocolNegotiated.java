package proteus.adapters.libp2p.engine.multistream;

/**
 * The user event that tells which protocol both sides speak from here on. No byte of the protocol comes before it.
 *
 * @param protocol the name, which begins with a slash
 */
public record ProtocolNegotiated(String protocol) {}
