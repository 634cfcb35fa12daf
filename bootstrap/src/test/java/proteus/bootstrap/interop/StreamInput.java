package proteus.bootstrap.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What comes of a libp2p stream, for a thread that waits for it: the end of the pipeline, and what it read. */
final class StreamInput extends ChannelInboundHandlerAdapter {

    private static final long PATIENCE_SECONDS = 60;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
    private final Chunks stream = new Chunks();

    /**
     * The bytes in order; ends when the stream does, however that is. For one thread, which fails the test if nothing comes
     * for a minute.
     */
    InputStream stream() {
        return stream;
    }

    /** Waits for bytes or the end, however long that takes. For the thread that reads. */
    void await() throws IOException {
        stream.await();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable()) {
            chunks.add(ByteBufUtil.getBytes(bytes));
        }
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            chunks.add(END);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable reset) {
        chunks.add(END);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        chunks.add(END);
    }

    private final class Chunks extends InputStream {

        private byte[] current = new byte[0];
        private int position;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (isEmpty()) {
                take(next());
            }
            if (ended) {
                return -1;
            }
            int now = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, now);
            position += now;
            return now;
        }

        private boolean isEmpty() {
            return position == current.length && !ended;
        }

        private void take(byte[] chunk) {
            current = chunk;
            position = 0;
            ended = current == END;
        }

        private byte[] next() throws IOException {
            try {
                byte[] chunk = chunks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (chunk == null) {
                    throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
                }
                return chunk;
            } catch (InterruptedException stopped) {
                throw interrupted(stopped);
            }
        }

        void await() throws IOException {
            try {
                while (isEmpty()) {
                    take(chunks.take());
                }
            } catch (InterruptedException stopped) {
                throw interrupted(stopped);
            }
        }

        private static IOException interrupted(InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new IOException("interrupted", stopped);
        }
    }
}
