package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.StreamChannel;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * One stream: a channel over Netty's, which does four things in another way than a stream of this engine must.
 *
 * <p>Netty's {@code shutdownOutput()} overtakes bytes that wait for the window, and loses them; its {@code close()} ends a
 * stream politely that has not ended, and leaves the remote sending; a reset by the remote leaves it open; and its
 * writability does not follow the bytes that wait. So bytes wait here, and only one message at a time is below.
 *
 * <p>A limit that remains: where packets are lost, quiche may lose a FIN that travels alone after the end of the input.
 * Whoever ends the output in the turn in which the last bytes were written is safe, and spares the FIN a wait.
 */
final class QuicStream extends StreamChannel {

    private static final int NO_ERROR = 0;

    private final QuicStreamChannel below;
    private final QuicConnection connection;

    private boolean writing;
    private boolean finWriting;
    private boolean turnQueued;
    private boolean inTurn;
    private long seenWrites = -1;
    private long lastWriteNanos;
    private boolean finSent;
    private boolean stopped;
    private boolean endHeld;
    private long queued;
    private long handedOver;
    private long queuedBeforeHold;
    private boolean inputEnded;
    private boolean inputBroken;
    private @Nullable ChannelPromise outputEnd;

    /** A stream that is not registered yet. */
    QuicStream(QuicStreamChannel below, QuicConnection connection) {
        super(below.parent(), below.alloc());
        this.below = below;
        this.connection = connection;
    }

    // ---- What happens below. On the event loop.

    void received(ByteBuf bytes) {
        if (isOpen() && !isInputShutdown()) {
            pipeline().fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    void receivedAll() {
        if (isOpen() && !isInputShutdown()) {
            pipeline().fireChannelReadComplete();
        } else if (isOpen() && !inputEnded) {
            below.read();
        }
    }

    void inputEnded() {
        inputEnded = true;
        boolean dropped = isInputShutdown();
        noteInputShutdown();
        if (isOpen() && !dropped) {
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        closeIfOver();
    }

    /** The remote has reset the stream, or it cannot go on for another reason. */
    void broke(StreamResetException cause) {
        inputBroken = true;
        if (isOpen()) {
            pipeline().fireExceptionCaught(cause);
            reset();
        }
    }

    /** Netty's stream is closed: both sides have ended, or the connection has. */
    void gone() {
        if (isOpen() && !hasEnded()) {
            broke(new StreamResetException("the connection under " + this + " has ended"));
        }
        closeIfOver();
    }

    @Override
    protected boolean hasEnded() {
        return (finSent || stopped) && inputEnded;
    }

    // ---- Reading.

    @Override
    protected void doBeginRead() {
        if (!inputEnded) {
            below.read();
        }
    }

    // ---- Writing.

    @Override
    protected Object filterOutboundMessage(Object message) throws ChannelOutputShutdownException {
        Object accepted = super.filterOutboundMessage(message);
        queued++;
        return accepted;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        while (!writing && out.current() instanceof ByteBuf bytes) {
            if (out.size() == 1 && outputEnd != null && endHeld && handedOver >= queuedBeforeHold) {
                // They carry the FIN when it may go.
                return;
            }
            if (out.size() == 1 && outputEnd == null && !inTurn) {
                awaitTurn();
                return;
            }
            writing = true;
            // All of the entries: shutting down the output has flushed them.
            finWriting = outputEnd != null && out.size() == 1 && !endHeld;
            handedOver++;
            ByteBuf piece = bytes.retainedDuplicate();
            ChannelFuture written = below.write(finWriting ? new DefaultQuicStreamFrame(piece, true) : piece);
            lastWriteNanos = eventLoop().ticker().nanoTime();
            connection.wrote(below.bytesBeforeUnwritable());
            if (written.isDone()) {
                written(out, written);
            } else {
                written.addListener(this::continueWriting);
            }
        }
        if (!writing && out.isEmpty()) {
            sendEnd();
        }
    }

    // The last bytes wait for the end of the turn of the event loop: if the output ends meanwhile, they carry the FIN.
    private void awaitTurn() {
        if (!turnQueued) {
            turnQueued = true;
            eventLoop().execute(this::takeTurn);
        }
    }

    private void takeTurn() {
        turnQueued = false;
        inTurn = true;
        try {
            writeFlushed();
        } finally {
            inTurn = false;
        }
    }

    private void continueWriting(Future<? super Void> written) {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        if (out == null) {
            return;
        }
        connection.wrote(below.bytesBeforeUnwritable());
        written(out, written);
        if (out.isEmpty()) {
            sendEnd();
        } else if (isOpen()) {
            writeFlushed();
        }
    }

    private void written(ChannelOutboundBuffer out, Future<? super Void> written) {
        writing = false;
        lastWriteNanos = eventLoop().ticker().nanoTime();
        @Nullable Throwable cause = written.cause();
        if (cause == null) {
            out.remove();
            if (finWriting) {
                finSent();
            }
        } else if (cause instanceof ChannelOutputShutdownException) {
            // The remote wants no more, but may still have something to say.
            stopped = true;
            noteOutputShutdown();
            StreamResetException refused = new StreamResetException("the remote stopped reading " + this);
            while (out.remove(refused)) {
                // All that was flushed.
            }
            closeIfOver();
        } else {
            out.remove(cause);
            broke(new StreamResetException(this + " broke: " + cause.getMessage()));
        }
    }

    private void finSent() {
        finSent = true;
        if (outputEnd != null) {
            outputEnd.trySuccess();
            outputEnd = null;
        }
        closeIfOver();
    }

    private void sendEnd() {
        if (outputEnd != null && !finSent && !endHeld) {
            eventLoop().execute(this::sendFin);
        }
    }

    // quiche forgets a stream, and with it a FIN that was lost or has not left yet, at the acknowledgement of the
    // last bytes if the input has ended. So the FIN goes with the last bytes if they still wait; else it goes when
    // they should have been acknowledged, and is only handed over when it should leave at once: not while packets
    // are being read, nor without room.
    private void sendFin() {
        @Nullable ChannelPromise end = outputEnd;
        if (end == null || finSent || endHeld || !isOpen()) {
            return;
        }
        long wait = inputEnded ? connection.stillOnTheWay(lastWriteNanos) : 0;
        if (stopped) {
            outputEnd = null;
            end.tryFailure(new StreamResetException("the remote stopped reading " + this));
        } else if (wait > 0) {
            var _ = eventLoop().schedule(this::sendFin, wait, TimeUnit.NANOSECONDS);
        } else if (below.isWritable() && connection.hasRoom(seenWrites)) {
            outputEnd = null;
            finSent = true;
            var _ = below.shutdownOutput().addListener(new PromiseNotifier<>(end));
            connection.wrote(below.bytesBeforeUnwritable());
            closeIfOver();
        } else {
            seenWrites = connection.writes();
            connection.afterNextBatch(this::sendFin);
        }
    }

    // ---- The ends.

    @Override
    public void holdEnd(boolean held) {
        if (held && !endHeld) {
            queuedBeforeHold = queued;
        }
        endHeld = held;
        if (held || outputEnd == null || !isOpen()) {
            return;
        }
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        if (out == null || out.isEmpty()) {
            sendEnd();
        } else {
            writeFlushed();
        }
    }

    @Override
    protected void doClose() {
        boolean over = hasEnded();
        noteClosed();
        if (outputEnd != null) {
            outputEnd.tryFailure(new ClosedChannelException());
            outputEnd = null;
        }
        if (!over && below.isActive()) {
            if (!finSent) {
                var _ = below.shutdownOutput(NO_ERROR);
            }
            if (!inputEnded && !inputBroken) {
                var _ = below.shutdownInput(NO_ERROR);
            }
            if (!inputEnded) {
                connection.streamLeftBehind();
            }
        }
        var _ = below.close();
    }

    @Override
    protected void endOutput(ChannelPromise promise) {
        if (outputEnd != null) {
            var _ = outputEnd.addListener(new PromiseNotifier<>(promise));
        } else if (finSent) {
            promise.setSuccess();
        } else if (!isOpen()) {
            promise.setFailure(new ClosedChannelException());
        } else {
            outputEnd = promise;
            unsafe().flush();
            ChannelOutboundBuffer out = unsafe().outboundBuffer();
            if (out == null || out.isEmpty()) {
                sendEnd();
            }
        }
    }

    // It is read on, so that the remote's end comes through.
    @Override
    protected void dropInput() {
        if (isOpen() && !inputEnded) {
            below.read();
        }
    }

    // ---- What Netty asks of a channel.

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return ((QuicChannel) parent()).localSocketAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return ((QuicChannel) parent()).remoteSocketAddress();
    }

    @Override
    public String toString() {
        return "stream " + below.streamId() + " of " + connection;
    }
}
