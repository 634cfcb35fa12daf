package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Optional;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.StreamRefusal;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.StreamScope;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * The first handler of a stream: sees how the stream begins and ends, tells it, and gives its room back.
 *
 * <p>On the stream's event loop.
 */
final class StreamWatch extends ChannelInboundHandlerAdapter {

    private final ConnectionAccount account;
    private final StreamScope scope;
    private Optional<String> protocol = Optional.empty();
    private boolean resetByRemote;
    private boolean inputEnded;
    private boolean told;
    private boolean negotiated;
    private final Runnable whenNegotiated;

    /** A watch of one stream that runs {@code whenNegotiated} when its negotiation is over, however that ends. */
    StreamWatch(ConnectionAccount account, StreamScope scope, Runnable whenNegotiated) {
        this.account = account;
        this.scope = scope;
        this.whenNegotiated = whenNegotiated;
    }

    private void negotiationOver() {
        if (!negotiated) {
            negotiated = true;
            whenNegotiated.run();
        }
    }

    /** Who opened the stream. */
    Direction direction() {
        return scope.direction();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().closeFuture().addListener(_ -> ended());
    }

    /** The protocol is agreed on. */
    void opened(String agreed) {
        protocol = Optional.of(agreed);
        negotiationOver();
        account.tell(new StreamEvent.Opened(account.id(), agreed, direction()));
    }

    /** It was not. */
    void negotiationFailed(Throwable cause) {
        if (!told) {
            told = true;
            account.negotiationFailed(direction(), cause);
        }
    }

    /** The multiplexer has not opened it. */
    void refusedByMuxer(Throwable cause) {
        scope.close();
        if (!told) {
            told = true;
            account.tell(new StreamEvent.Refused(
                    account.id(), protocol, direction(), StreamRefusal.MUXER, ConnectionAccount.text(cause)));
        }
    }

    /** The gate does not want it. */
    void refused(String agreed, String reason) {
        told = true;
        account.tell(
                new StreamEvent.Refused(account.id(), Optional.of(agreed), direction(), StreamRefusal.GATE, reason));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof StreamResetException) {
            resetByRemote = true;
        }
        ctx.fireExceptionCaught(cause);
    }

    private void ended() {
        scope.close();
        negotiationOver();
        if (protocol.isEmpty()) {
            negotiationFailed(new NegotiationFailedException(
                    NegotiationFailedException.Reason.CLOSED, "the stream ended before its protocol was agreed on"));
            return;
        }
        account.tell(
                inputEnded && !resetByRemote
                        ? new StreamEvent.Closed(account.id(), protocol.get(), direction())
                        : new StreamEvent.Reset(account.id(), protocol.get(), direction(), resetByRemote));
    }
}
