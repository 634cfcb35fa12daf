package proteus.adapters.rpc.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/**
 * One client: answers its requests, one after the other. Every step has its time, after which the connection is closed.
 */
final class HttpConnection {

    private static final System.Logger LOGGER = System.getLogger(HttpConnection.class.getName());

    /** How much of what is not served is read before the end, so that the other end sees the answer and no reset. */
    private static final int MOST_LEFT_OVER = 4 << 20;

    private final Socket socket;
    private final CallerCheck check;
    private final HttpService service;
    private final HttpLimits limits;
    private final ScheduledExecutorService watchdog;
    private volatile boolean isLast;
    private volatile boolean isWaiting;
    private volatile boolean isLive;

    HttpConnection(
            Socket socket,
            CallerCheck check,
            HttpService service,
            HttpLimits limits,
            ScheduledExecutorService watchdog) {
        this.socket = socket;
        this.check = check;
        this.service = service;
        this.limits = limits;
        this.watchdog = watchdog;
    }

    /** Serves the client until it leaves, misbehaves or takes too long, and closes the connection. */
    void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            boolean goesOn = true;
            while (goesOn && !isLast) {
                goesOn = serveNext(in, out);
            }
        } catch (IOException | JacksonException gone) {
            LOGGER.log(Level.DEBUG, "a connection of {0} ends: {1}", service.name(), gone.getMessage());
        } catch (RejectedExecutionException closing) {
            LOGGER.log(Level.DEBUG, "a connection of {0} ends with the server", service.name());
        } catch (RuntimeException fault) {
            LOGGER.log(Level.ERROR, "a connection of " + service.name() + " failed", fault);
        }
    }

    /** Answers the next request; false if it was the last. */
    private boolean serveNext(InputStream in, OutputStream out) throws IOException {
        try {
            Optional<HttpHead> head = nextHead(in);
            if (head.isEmpty()) {
                return false;
            }
            requireServed(head.get());
            HttpBody body = body(head.get(), in, out);
            return switch (body) {
                case HttpBody.Whole(byte[] bytes) -> {
                    HttpReply reply = service.answer(request(head.get(), bytes));
                    boolean ends = isLast || reply.isLive() || head.get().endsConnection();
                    send(out, head.get(), ends, reply);
                    yield !ends;
                }
                case HttpBody.TooLong(long length) -> {
                    send(out, head.get(), true, service.tooLong(head.get().path(), length));
                    leave(in);
                    yield false;
                }
            };
        } catch (BadRequestException bad) {
            try (Deadline _ = new Deadline(limits.write())) {
                HttpAnswer.refuse(out, bad.status(), service, bad.allowed());
            }
            leave(in);
            return false;
        }
    }

    private Optional<HttpHead> nextHead(InputStream in) throws IOException, BadRequestException {
        isWaiting = true;
        try (Deadline _ = new Deadline(limits.head())) {
            return HttpHead.read(in);
        } finally {
            isWaiting = false;
        }
    }

    private void requireServed(HttpHead head) throws BadRequestException {
        if (!check.allows(head.field("host"), head.field("origin"))) {
            throw new BadRequestException(HttpStatus.FORBIDDEN);
        }
        Set<String> methods = service.methods(head.path());
        if (methods.isEmpty()) {
            throw new BadRequestException(HttpStatus.NOT_FOUND);
        }
        if (!methods.contains(head.method())) {
            throw new BadRequestException(HttpStatus.METHOD_NOT_ALLOWED, methods);
        }
    }

    private static HttpRequest request(HttpHead head, byte[] body) {
        return new HttpRequest(head.method(), head.path(), head.query(), head.fields(), body);
    }

    private HttpBody body(HttpHead head, InputStream in, OutputStream out) throws IOException, BadRequestException {
        try (Deadline _ = new Deadline(limits.body())) {
            if (head.wantsGoAhead() && head.bodyLength().orElse(0) <= limits.maxRead()) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            return HttpBody.read(head, in, limits.maxRead());
        }
    }

    private void send(OutputStream out, HttpHead head, boolean ends, HttpReply reply) throws IOException {
        HttpAnswer answer = new HttpAnswer(out, reply, service.fields(), !head.isOld(), ends);
        if (reply.isLive()) {
            sendLive(answer, reply);
            return;
        }
        try (Deadline _ = new Deadline(limits.write())) {
            reply.content().writeTo(answer);
            // Not if it failed: what is half there must not look whole.
            answer.close();
        }
    }

    private void sendLive(HttpAnswer answer, HttpReply reply) throws IOException {
        isLive = true;
        try (PartByPart parts = new PartByPart(answer)) {
            if (isLast) {
                return;
            }
            reply.content().writeTo(parts);
        }
    }

    /** Says that nothing more comes, and lets the other end read that. */
    private void leave(InputStream in) throws IOException {
        socket.shutdownOutput();
        try (Deadline _ = new Deadline(limits.leave())) {
            byte[] unread = new byte[1 << 13];
            int left = MOST_LEFT_OVER;
            for (int count = in.read(unread); count >= 0 && left > 0; count = in.read(unread)) {
                left -= count;
            }
        }
    }

    /** Answers what is at work, and takes no more. */
    void finish() {
        isLast = true;
        if (isWaiting || isLive) {
            abort();
        }
    }

    /** Closes at once. */
    void abort() {
        try {
            socket.close();
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, "a connection of {0} did not close: {1}", service.name(), gone.getMessage());
        }
    }

    /** Closes the connection unless it is closed itself in time. */
    private final class Deadline implements AutoCloseable {

        private final Future<?> end;

        private Deadline(Duration time) {
            end = watchdog.schedule(HttpConnection.this::abort, time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            end.cancel(false);
        }
    }

    /** Passes on an answer; each part of it, from its first byte to its flush, has its time. */
    private final class PartByPart extends OutputStream {

        private final HttpAnswer answer;
        private Optional<Deadline> deadline = Optional.empty();

        private PartByPart(HttpAnswer answer) {
            this.answer = answer;
        }

        private void begin() {
            if (deadline.isEmpty()) {
                deadline = Optional.of(new Deadline(limits.write()));
            }
        }

        private void end() {
            deadline.ifPresent(Deadline::close);
            deadline = Optional.empty();
        }

        @Override
        public void write(int value) throws IOException {
            begin();
            answer.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin();
            answer.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            begin();
            answer.flush();
            end();
        }

        @Override
        public void close() {
            end();
        }
    }
}
