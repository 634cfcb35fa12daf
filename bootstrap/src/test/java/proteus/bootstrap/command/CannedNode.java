package proteus.bootstrap.command;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes calls for a node on regtest as its RPC does, and answers each method with what a test says. */
final class CannedNode implements AutoCloseable {

    private static final Pattern CALL =
            Pattern.compile("\"message\":\\{\"(\\w+)\":\\{\"token\":\\{[^}]*\\},?(.*)\\}\\}\\}\\}");

    private final ServerSocket listener;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private CannedNode(ServerSocket listener) {
        this.listener = listener;
    }

    /** Begins to take calls, and writes a cookie into the directory of regtest below {@code root}. */
    static CannedNode start(Path root) throws IOException {
        Path directory = Files.createDirectories(root.resolve("regtest"));
        Files.write(directory.resolve(".cookie"), new byte[32]);
        CannedNode node = new CannedNode(new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual().start(node::serve);
        return node;
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    String port() {
        return Integer.toString(listener.getLocalPort());
    }

    /** From now on {@code method} gives {@code json}. */
    void gives(String method, String json) {
        answers.put(method, "{\"Ok\":" + json + "}");
    }

    /** From now on {@code method} fails in these words. */
    void refuses(String method, String words) {
        answers.put(method, "{\"Err\":{\"Failed\":\"" + words + "\"}}");
    }

    /** The methods that were called, each with its arguments but the cookie. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                byte[] answer =
                        answer(new String(request, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(answer.length);
                out.write(answer);
            } catch (IOException _) {
                // The command sees it, and the test that.
            }
        }
    }

    private String answer(String request) {
        Matcher call = CALL.matcher(request);
        if (!call.find()) {
            throw new IllegalStateException("no call: " + request);
        }
        calls.add((call.group(1) + " " + call.group(2)).strip());
        String answer = answers.getOrDefault(call.group(1), "{\"Err\":{\"Failed\":\"not in this test\"}}");
        return "{\"request_id\":0,\"message\":{\"Ok\":{\"" + call.group(1) + "\":" + answer + "}}}";
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
