package proteus.adapters.legacytcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import proteus.application.frame.FrameChannel;

/** The end of a socket's pipeline: tells the framing what comes of the socket. */
final class FrameHandler extends ChannelInboundHandlerAdapter {

    private final FrameChannel frames;

    /** Tells {@code frames}, whose link is over the same socket. */
    FrameHandler(FrameChannel frames) {
        this.frames = frames;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        frames.received(bytes.nioBuffer(), bytes::release);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        frames.readDone();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        frames.writabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        frames.broken(failure);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        frames.ended();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        frames.ended();
    }
}
