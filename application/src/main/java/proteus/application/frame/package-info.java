/**
 * Frames over any link that carries bytes: what the peer stacks have in common once a socket or a stream stands.
 *
 * <p>A frame is its payload's length, 4 bytes big-endian, and the payload: one message in a {@link
 * proteus.application.frame.FrameEncoding}. An adapter implements {@link proteus.application.frame.FrameLink} for what
 * it has, tells a {@link proteus.application.frame.FrameChannel} what comes of it, and makes a {@link
 * proteus.application.frame.FramedConnection} of that when the handshake is done.
 *
 * <p>What is not said to be for any thread is for the link's loop: one thread at a time, which must neither block nor
 * compute. Nothing of a network library comes in here; where bytes live outside the heap is the adapter's affair.
 */
package proteus.application.frame;
