package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.yamux.YamuxEvent;

/** The end of the pipeline of an established TCP connection: whatever goes wrong there closes it, and is told. */
final class ConnectionTail extends ChannelInboundHandlerAdapter {

    private final SwarmConnection connection;

    ConnectionTail(SwarmConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // The multiplexer takes everything; what gets here comes after its end.
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof YamuxEvent.Failed(YamuxEvent.Reason reason, String text)) {
            switch (reason) {
                case VIOLATION, ABUSE -> violated(ViolatedProtocol.YAMUX, text);
                case PING_TIMEOUT -> connection.note(CloseCause.UNRESPONSIVE, text);
            }
        }
    }

    private void violated(ViolatedProtocol protocol, String text) {
        connection.account().tell(new ProtocolEvent.Violated(connection.id(), protocol, text));
        connection.note(CloseCause.PROTOCOL_VIOLATION, text);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String text = ConnectionAccount.text(cause);
        switch (cause) {
            case SecurityFailedException failed
            when failed.reason() != SecurityFailedException.Reason.CLOSED -> violated(ViolatedProtocol.SECURITY, text);
            case NegotiationFailedException failed
            when failed.reason() != NegotiationFailedException.Reason.CLOSED ->
                violated(ViolatedProtocol.MULTISTREAM, text);
            case SecurityFailedException _, NegotiationFailedException _ -> connection.note(CloseCause.REMOTE, text);
            case IOException _ -> connection.note(CloseCause.BROKEN, text);
            default -> connection.note(CloseCause.INTERNAL, cause.toString());
        }
        var _ = ctx.close();
    }
}
