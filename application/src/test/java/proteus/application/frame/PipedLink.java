package proteus.application.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import proteus.application.contract.Descriptions;
import proteus.application.memory.InboundBudget;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/**
 * One end of a pipe within the process, which holds so many bytes and no more, as sockets do. Both ends live on one loop.
 */
final class PipedLink implements FrameLink {

    private static final System.Logger LOG = System.getLogger(PipedLink.class.getName());
    private static final int CAPACITY = 100_000;
    private static final int HIGH_WATER_MARK = 200_000;

    private record Write(ByteBuffer bytes, Runnable written) {}

    private final ScheduledExecutorService loop;
    private final PeerAddress peer;
    private final FrameChannel frames;
    private final Deque<Write> unsent = new ArrayDeque<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private PipedLink other = this;
    private volatile boolean active = true;
    private boolean outputEnded;
    private boolean readWanted;

    private PipedLink(ScheduledExecutorService loop, int port, int outboundBytes) {
        this.loop = loop;
        peer = Descriptions.loopback(port);
        frames = new FrameChannel(this, FrameEncoding.BINCODE, new InboundBudget(64 << 20), outboundBytes);
    }

    /** One end; {@link #other} is the other. */
    static PipedLink on(ScheduledExecutorService loop, int outboundBytes) {
        PipedLink near = new PipedLink(loop, 2, outboundBytes);
        near.other = new PipedLink(loop, 1, outboundBytes);
        near.other.other = near;
        return near;
    }

    PipedLink other() {
        return other;
    }

    FrameChannel frames() {
        return frames;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public System.Logger log() {
        return LOG;
    }

    @Override
    public boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException loopIsGone) {
            return false;
        }
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void read() {
        readWanted = true;
        loop.execute(this::deliver);
    }

    @Override
    public boolean isWritable() {
        return unsent.stream().mapToInt(write -> write.bytes().remaining()).sum() < HIGH_WATER_MARK;
    }

    @Override
    public void write(int bytes, Consumer<ByteBuffer> fill, Runnable written) {
        ByteBuffer slice = ByteBuffer.allocate(bytes);
        fill.accept(slice);
        unsent.add(new Write(slice.flip(), written));
    }

    @Override
    public void flush() {
        boolean wasWritable = isWritable();
        while (active && other.unreadBytes() < CAPACITY && !unsent.isEmpty()) {
            Write first = unsent.element();
            byte[] piece = new byte[Math.min(CAPACITY, first.bytes().remaining())];
            first.bytes().get(piece);
            other.unread.add(ByteBuffer.wrap(piece));
            if (!first.bytes().hasRemaining()) {
                unsent.remove();
                first.written().run();
            }
        }
        loop.execute(other::deliver);
        if (!wasWritable && isWritable()) {
            frames.writabilityChanged();
        }
    }

    private int unreadBytes() {
        return unread.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    private void deliver() {
        if (!active || !readWanted) {
            return;
        }
        if (!unread.isEmpty()) {
            readWanted = false;
            frames.received(unread.remove(), () -> {});
            frames.readDone();
            other.flush();
        } else if (other.outputEnded) {
            close();
        }
    }

    @Override
    public void endOutput() {
        outputEnded = true;
        loop.execute(other::deliver);
    }

    @Override
    public void close() {
        if (!execute(this::shut)) {
            active = false;
        }
    }

    private void shut() {
        if (active) {
            active = false;
            unread.clear();
            endOutput();
            frames.ended();
        }
    }
}
