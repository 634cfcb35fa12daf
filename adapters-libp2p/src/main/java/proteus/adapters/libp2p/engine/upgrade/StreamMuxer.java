package proteus.adapters.libp2p.engine.upgrade;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;

/**
 * One connection that carries many streams: yamux on a secured channel, or a QUIC connection.
 *
 * <p>A stream is a Netty child channel on the event loop of its connection. Its read side ends with {@code
 * ChannelInputShutdownEvent}; its write side is ended by {@link DuplexChannel#shutdownOutput()}, after what was written
 * before. {@code close()} of a stream whose both sides have ended is silent; of another it resets what has not ended. A
 * stream that the remote resets gets a {@link StreamResetException} as caught exception and is closed, at its next read
 * at the latest. Nothing is read
 * beyond what the stream's {@code read()} asked for but for what the window allows the remote to send, and its
 * writability follows the remote's window.
 *
 * <p>All methods are safe for use by many threads.
 */
public interface StreamMuxer {

    /** The protocol id, such as {@code /yamux/1.0.0}; {@code quic} for QUIC, which negotiates none. */
    String id();

    /**
     * Opens a stream whose pipeline {@code initializer} fills.
     *
     * @return the stream; fails with {@link StreamRefusedException} if there are too many or the connection ends.
     *     Cancelling it before it is done resets the stream
     */
    Future<DuplexChannel> openStream(ChannelHandler initializer);

    /** Ends both directions of {@code stream}, one of this muxer's, at once; queued bytes may be lost. */
    void reset(DuplexChannel stream);

    /** How many streams are open in both directions together. */
    int openStreams();
}
