package proteus.adapters.rpc;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One client: takes requests, works on many at a time, sends the answers as they come.
 *
 * <p>A request that is cancelled or past its deadline gets no answer, but what it began is brought to its end: an order
 * that was given is not left half done.
 */
final class RpcConnection {

    private static final System.Logger LOGGER = System.getLogger(RpcConnection.class.getName());

    private final FrameStream frames;
    private final ClientMessageParser parser;
    private final MethodCaller caller;
    private final RpcLimits limits;
    private final Semaphore slots;

    /** The requests that still want an answer, by id. */
    private final Map<Long, PendingCall> pending = new ConcurrentHashMap<>();

    RpcConnection(FrameStream frames, ClientMessageParser parser, MethodCaller caller, RpcLimits limits) {
        this.frames = frames;
        this.parser = parser;
        this.caller = caller;
        this.limits = limits;
        this.slots = new Semaphore(limits.maxRequests());
    }

    /** A request at work; compared by identity, since an id may come again. */
    private static final class PendingCall {
        private final ClientMessage.Request request;
        private final long arrival = System.nanoTime();

        private PendingCall(ClientMessage.Request request) {
            this.request = request;
        }

        private boolean isLate() {
            return System.nanoTime() - arrival >= request.timeLeft().toNanos();
        }
    }

    /** Serves the client until it leaves or misbehaves, sends what is still due, and closes the connection. */
    void run() {
        try {
            Optional<byte[]> payload = frames.read();
            while (payload.isPresent()) {
                take(parser.parse(payload.get()));
                payload = frames.read();
            }
            awaitAnswers();
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, "an RPC connection ends: {0}", gone.getMessage());
        } catch (MalformedMessageException nonsense) {
            LOGGER.log(Level.DEBUG, "an RPC connection ends over what was sent: {0}", nonsense.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            frames.abort();
        }
    }

    private void take(ClientMessage message) throws InterruptedException {
        switch (message) {
            case ClientMessage.Cancel(long requestId) -> pending.remove(requestId);
            case ClientMessage.Request request -> start(new PendingCall(request));
        }
    }

    private void start(PendingCall call) throws InterruptedException {
        slots.acquire();
        if (pending.putIfAbsent(call.request.id(), call) != null) {
            // As tarpc has it, the request that is at work wins.
            slots.release();
            return;
        }
        Thread.ofVirtual().name("rpc-" + call.request.method()).start(() -> serve(call));
    }

    private void serve(PendingCall call) {
        try {
            if (call.isLate()) {
                return;
            }
            MethodCaller.Written answer = caller.call(call.request);
            if (pending.remove(call.request.id(), call) && !call.isLate()) {
                frames.write(answer.payload());
            }
            answer.afterwards().run();
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, "an RPC answer was not taken: {0}", gone.getMessage());
            frames.abort();
        } finally {
            pending.remove(call.request.id(), call);
            slots.release();
        }
    }

    private void awaitAnswers() throws InterruptedException {
        long patience = limits.frame().toNanos();
        if (!slots.tryAcquire(limits.maxRequests(), patience, TimeUnit.NANOSECONDS)) {
            LOGGER.log(Level.DEBUG, "an RPC connection ends before its answers are there");
        }
    }

    /** Takes no more requests; {@link #run} ends when the answers are sent. */
    void finish() {
        frames.stopReading();
    }

    /** Closes at once. */
    void abort() {
        frames.abort();
    }
}
