/**
 * Neptune's original TCP stack, on Netty: length-prefixed frames, the handshake of the legacy port in both directions,
 * and the connections that come of it.
 *
 * <p>Event loops own sockets and framing and run no application code but a session's listener, which must not block.
 * Handshakes run in blocking style, each on a virtual thread of its own, and so do the questions to the node that a
 * handshake asks. What a frame holds is none of this package's business.
 */
package proteus.adapters.legacytcp;
