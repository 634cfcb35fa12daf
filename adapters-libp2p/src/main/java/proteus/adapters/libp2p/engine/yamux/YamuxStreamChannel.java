package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import proteus.adapters.libp2p.engine.upgrade.StreamChannel;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * One stream.
 *
 * <p>A stream of ours is announced at the end of the turn of the event loop in which it first reads, writes or ends its
 * output: with its first Data if it has some then, or else by an empty WindowUpdate. A stream of the remote's is
 * acknowledged by the first frame that we send on it. The channel closes by itself when both sides have ended and the
 * end of the input was read; until then it counts, for it can hold unread bytes.
 *
 * <p>One {@code read()} gives one buffer, or the end of the input. A write has succeeded when the connection has taken
 * over its last byte.
 */
final class YamuxStreamChannel extends StreamChannel {

    private final int streamId;
    private final StreamTable table;
    private final StreamInput input;
    private final StreamOutput output;
    private boolean acknowledged;
    private boolean inTurn;
    private boolean broken;

    /** A stream that is not registered yet. {@code opening} is SYN for one of ours, and ACK for one of the remote's. */
    YamuxStreamChannel(
            Channel connection,
            int streamId,
            int opening,
            StreamTable table,
            FrameWriter writer,
            ReceiveWindow window,
            UnreadBytes unread) {
        super(connection, connection.alloc());
        this.streamId = streamId;
        this.table = table;
        this.input = new StreamInput(this, window, unread);
        this.output = new StreamOutput(this, opening, writer);
    }

    int streamId() {
        return streamId;
    }

    // What the session asks and tells.

    boolean isKnownToRemote() {
        return output.isKnownToRemote();
    }

    boolean isFinReceived() {
        return input.isFinReceived();
    }

    /** Whether both sides have ended as far as the wire is concerned. */
    boolean isOver() {
        return output.isFinSent() && input.isFinReceived();
    }

    /** What may be sent yet, in bytes. */
    long credit() {
        return output.credit();
    }

    ReceiveWindow window() {
        return input.window();
    }

    /** Notes that the remote has said something on this stream. */
    void heard() {
        if (!acknowledged && !table.isOfRemote(streamId)) {
            table.acknowledged();
        }
        acknowledged = true;
    }

    void receive(ByteBuf piece) {
        input.receive(piece);
    }

    void receiveFin() {
        input.receiveFin();
        closeIfOver();
    }

    void receiveCredit(long more) {
        output.receiveCredit(more);
    }

    void takeTurn() {
        output.takeTurn();
    }

    /** Ends the stream without a word to the remote, which has reset it, or is gone. */
    void wasReset(StreamResetException cause) {
        broken = true;
        if (isOpen()) {
            pipeline().fireExceptionCaught(cause);
            unsafe().close(unsafe().voidPromise());
        }
    }

    // What the two halves tell.

    void giveCredit(long update) {
        output.giveCredit(update);
    }

    void inputShutDown() {
        noteInputShutdown();
    }

    void outputEnded(ChannelPromise end) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(end);
        closeIfOver();
    }

    /** Calls {@link #doWrite} with what was flushed, if there is any. */
    void writeNow() {
        inTurn = true;
        try {
            writeFlushed();
        } finally {
            inTurn = false;
        }
    }

    @Override
    protected boolean hasEnded() {
        return output.isFinSent() && input.isEnded();
    }

    @Override
    public void holdEnd(boolean held) {
        output.holdEnd(held);
    }

    @Override
    protected void endOutput(ChannelPromise promise) {
        output.end(promise);
    }

    @Override
    protected void dropInput() {
        input.drop();
    }

    // What Netty asks of a channel.

    @Override
    protected void doBeginRead() {
        output.announce();
        input.read();
        closeIfOver();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        if (inTurn) {
            output.writeFrame(out);
        } else {
            output.queueForTurn();
        }
    }

    @Override
    protected void doClose() {
        if (!isOpen()) {
            return;
        }
        noteClosed();
        input.close();
        output.close(isKnownToRemote() && !isOver() && !broken);
        table.remove(this, acknowledged);
    }

    /** Does nothing: the end was sent in its turn. */
    @Override
    protected void doShutdownOutput() {}

    @Override
    protected SocketAddress localAddress0() {
        return parent().localAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return parent().remoteAddress();
    }

    @Override
    public String toString() {
        return "stream " + Integer.toUnsignedString(streamId) + " of " + parent();
    }
}
