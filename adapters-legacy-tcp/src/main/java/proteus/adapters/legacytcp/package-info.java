/**
 * Neptune's original TCP stack, on Netty: sockets, and the handshake of the legacy port in both directions. Frames and
 * the connections that come of them are those of {@link proteus.application.frame}.
 *
 * <p>Event loops own sockets and framing and run no other application code but a session's listener, which must not
 * block. Handshakes run in blocking style, each on a virtual thread of its own, and so do the questions to the node that
 * a handshake asks. What a frame holds is none of this package's business.
 */
package proteus.adapters.legacytcp;
