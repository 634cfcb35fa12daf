package proteus.application.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/** A link whose loop runs when the test says so, on the test's thread. Keeps what is asked of it. */
final class FakeLink implements FrameLink {

    private static final System.Logger LOG = System.getLogger(FakeLink.class.getName());

    /** As many bytes may be written and not yet handed to the network. */
    private static final int HIGH_WATER_MARK = 100_000;

    private record Write(byte[] bytes, Runnable written) {}

    final ManualScheduler clock = new ManualScheduler();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Deque<Write> held = new ArrayDeque<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean active = true;
    private boolean loopEnded;
    private boolean stuck;
    private boolean outputEnded;
    private int reads;
    private int writes;
    private int flushes;
    private int closes;

    @Override
    public PeerAddress peer() {
        return Descriptions.loopback(9798);
    }

    @Override
    public System.Logger log() {
        return LOG;
    }

    @Override
    public boolean execute(Runnable task) {
        return !loopEnded && tasks.add(task);
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void read() {
        reads++;
    }

    @Override
    public boolean isWritable() {
        return heldBytes() < HIGH_WATER_MARK;
    }

    @Override
    public void write(int bytes, Consumer<ByteBuffer> fill, Runnable written) {
        ByteBuffer slice = ByteBuffer.allocateDirect(bytes);
        fill.accept(slice);
        byte[] filled = new byte[slice.flip().remaining()];
        slice.get(filled);
        writes++;
        held.add(new Write(filled, written));
    }

    @Override
    public void flush() {
        flushes++;
        while (!stuck && !held.isEmpty()) {
            Write first = held.remove();
            sent.writeBytes(first.bytes());
            first.written().run();
        }
    }

    @Override
    public void endOutput() {
        outputEnded = true;
    }

    @Override
    public void close() {
        active = false;
        closes++;
    }

    /** Runs what was given to the loop, and what that gives to it. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** From now on nothing runs. */
    void endLoop() {
        loopEnded = true;
    }

    /** As a socket does whose peer does not read. */
    void getStuck() {
        stuck = true;
    }

    /** Lets go of what was held; its owner has to say that it became writable. */
    void getUnstuck() {
        stuck = false;
        flush();
    }

    /** What went out since the last call. */
    byte[] sent() {
        byte[] all = sent.toByteArray();
        sent.reset();
        return all;
    }

    int heldBytes() {
        return held.stream().mapToInt(write -> write.bytes().length).sum();
    }

    int reads() {
        return reads;
    }

    int writes() {
        return writes;
    }

    int flushes() {
        return flushes;
    }

    int closes() {
        return closes;
    }

    boolean outputEnded() {
        return outputEnded;
    }
}
