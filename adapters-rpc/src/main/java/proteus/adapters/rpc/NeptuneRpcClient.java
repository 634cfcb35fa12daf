package proteus.adapters.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Calls methods of a node on this machine, as its operator.
 *
 * <p>Each call has a connection of its own. The cookie is read when the node is there, so that it is that of the node's
 * latest start; it goes to whoever has the port. Answers may have at most 8 MiB. Safe for use by many threads.
 */
public final class NeptuneRpcClient {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_ANSWER_BYTES = RpcLimits.DEFAULT.maxAnswerBytes();

    /** There is one request on a connection. */
    private static final long REQUEST_ID = 0;

    private static final int TRACE_ID_BYTES = 16;

    private final int port;
    private final Path dataDirectory;
    private final Duration patience;
    private final JsonFactory factory = new JsonFactory();
    private final AnswerParser parser = new AnswerParser(MAX_ANSWER_BYTES);

    /**
     * For the node at a port of 127.0.0.1.
     *
     * @param port in {@code [1, 65535]}
     * @param dataDirectory where the node keeps its files, of which the cookie is one
     * @param patience how long a call may take in all; more than zero
     */
    public NeptuneRpcClient(int port, Path dataDirectory, Duration patience) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port outside 1 to 65535: " + port);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("no patience: " + patience);
        }
        this.port = port;
        this.dataDirectory = dataDirectory;
        this.patience = patience;
    }

    /** The file with the cookie that calls show. */
    public Path cookieFile() {
        return dataDirectory.resolve(RpcCookie.FILE_NAME);
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @param method in upper camel case
     * @param arguments by name, all of them text
     */
    public CallOutcome call(String method, Map<String, String> arguments) {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("rpc-client-watchdog").daemon().factory());
        try (Socket socket = new Socket()) {
            Future<?> _ = watchdog.schedule(() -> end(socket, late), patience.toNanos(), TimeUnit.NANOSECONDS);
            return call(socket, watchdog, method, arguments);
        } catch (IOException failure) {
            return late.get() || failure instanceof SocketTimeoutException
                    ? new CallOutcome.TimedOut()
                    : new CallOutcome.NoAnswer(String.valueOf(failure.getMessage()));
        } finally {
            watchdog.shutdownNow();
        }
    }

    private static void end(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException _) {
            // There is nothing left to do for it.
        }
    }

    private CallOutcome call(
            Socket socket, ScheduledThreadPoolExecutor watchdog, String method, Map<String, String> arguments)
            throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (ConnectException refused) {
            return new CallOutcome.NoNode(String.valueOf(refused.getMessage()));
        }
        RpcCookie cookie;
        try {
            cookie = RpcCookie.read(dataDirectory);
        } catch (IOException unreadable) {
            return new CallOutcome.NoCookie(reason(unreadable));
        }
        FrameStream frames =
                new FrameStream(socket, new StreamLimits(MAX_ANSWER_BYTES, patience, patience, patience), watchdog);
        frames.write(request(method, arguments, cookie));
        Optional<byte[]> answer = frames.read();
        return answer.isEmpty() ? new CallOutcome.NoAnswer("the connection was closed") : outcome(answer.get(), method);
    }

    private CallOutcome outcome(byte[] answer, String method) {
        try {
            return parser.parse(answer, REQUEST_ID, method);
        } catch (MalformedMessageException nonsense) {
            return new CallOutcome.NoAnswer("what came is " + nonsense.getMessage());
        }
    }

    /** The messages of file exceptions are bare file names. */
    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "no permission to read it";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    private byte[] request(String method, Map<String, String> arguments, RpcCookie cookie) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), payload)) {
            json.writeStartObject();
            json.writeName("Request").writeStartObject();
            json.writeName("context");
            writeContext(json);
            json.writeName("id").writeNumber(REQUEST_ID);
            json.writeName("message").writeStartObject();
            json.writeName(method).writeStartObject();
            json.writeName("token");
            cookie.writeTo(json);
            arguments.forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
        return payload.toByteArray();
    }

    /** The time that is left, and a trace that nobody follows, which upstream wants to see all the same. */
    private void writeContext(JsonGenerator json) {
        json.writeStartObject();
        json.writeName("deadline").writeStartObject();
        json.writeNumberProperty("secs", patience.getSeconds());
        json.writeNumberProperty("nanos", patience.getNano());
        json.writeEndObject();
        json.writeName("trace_context").writeStartObject();
        json.writeName("trace_id").writeStartArray();
        for (int i = 0; i < TRACE_ID_BYTES; i++) {
            json.writeNumber(0);
        }
        json.writeEndArray();
        json.writeNumberProperty("span_id", 0);
        json.writeStringProperty("sampling_decision", "Unsampled");
        json.writeEndObject();
        json.writeEndObject();
    }
}
