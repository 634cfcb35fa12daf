package proteus.bootstrap.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Sends bytes in chunks of random sizes while it reads, ends its side, and compares the SHA-256 of what came back.
 *
 * <p>Hashing on the event loop is what a tool may do that serves nobody else.
 */
final class EchoClient extends SimpleChannelInboundHandler<ByteBuf> {

    private static final int LARGEST_CHUNK = 64 * 1024;

    private final long total;
    private final SplittableRandom random;
    private final CompletableFuture<Void> outcome;
    private final MessageDigest sentHash = sha256();
    private final MessageDigest receivedHash = sha256();
    private long sent;
    private long received;
    private boolean pumping;
    private boolean ended;

    /**
     * A client for one stream.
     *
     * @param total how many bytes to send
     * @param outcome is completed when all came back; fails with a {@link PeerFailedException} if not
     */
    EchoClient(long total, SplittableRandom random, CompletableFuture<Void> outcome) {
        this.total = total;
        this.random = random;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.executor().execute(() -> pump(ctx));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pump(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void pump(ChannelHandlerContext ctx) {
        // A flush may make the channel writable again, and so call this while it runs.
        if (pumping || ended) {
            return;
        }
        pumping = true;
        while (sent < total && ctx.channel().isWritable() && ctx.channel().isActive()) {
            byte[] chunk = new byte[(int) Math.min(total - sent, 1 + random.nextInt(LARGEST_CHUNK))];
            random.nextBytes(chunk);
            sentHash.update(chunk);
            sent += chunk.length;
            var _ = ctx.write(ctx.alloc().buffer(chunk.length).writeBytes(chunk));
            if (random.nextInt(4) == 0) {
                ctx.flush();
            }
        }
        ctx.flush();
        pumping = false;
        if (sent == total) {
            ended = true;
            var _ = ((DuplexChannel) ctx.channel()).shutdownOutput();
        } else if (ctx.channel().isWritable() && ctx.channel().isActive()) {
            ctx.executor().execute(() -> pump(ctx));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        received += bytes.readableBytes();
        receivedHash.update(bytes.nioBuffer());
        if (received > total) {
            fail("more came back than the " + total + " bytes sent");
            var _ = ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (received != total) {
                fail("of " + total + " bytes " + received + " came back");
            } else if (!MessageDigest.isEqual(sentHash.digest(), receivedHash.digest())) {
                fail("other bytes came back than were sent");
            } else {
                outcome.complete(null);
            }
            var _ = ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        outcome.completeExceptionally(cause);
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the stream ended after " + received + " of " + total + " bytes");
        ctx.fireChannelInactive();
    }

    private void fail(String reason) {
        outcome.completeExceptionally(new PeerFailedException(reason));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
