package proteus.adapters.libp2p.engine.limits;

/**
 * That the user of the engine does not want a connection or a stream.
 *
 * @param reason why, for logs; it is not told to the remote
 */
public record GateRefusal(String reason) {}
