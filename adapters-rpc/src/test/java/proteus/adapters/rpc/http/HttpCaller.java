package proteus.adapters.rpc.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Calls a server on this machine, as clients do, and as they should not. */
public record HttpCaller(int port) {

    /** What came back. */
    public record Response(int status, Optional<String> contentType, Optional<String> allow, String body) {}

    /** The answer to a body that is posted. */
    public Response post(String body) throws IOException {
        return send("POST", "/", body);
    }

    public Response send(String method, String path, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        if (!method.equals("GET")) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        return new Response(
                connection.getResponseCode(),
                Optional.ofNullable(connection.getContentType()),
                Optional.ofNullable(connection.getHeaderField("Allow")),
                body(connection));
    }

    private static String body(HttpURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The result or error of one method, whose id is 1. */
    public String call(String method, String params) throws IOException {
        String answer = post("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":1}")
                .body();
        String start = "{\"jsonrpc\":\"2.0\",\"id\":1,";
        if (!answer.startsWith(start)) {
            throw new AssertionError("an answer with another envelope: " + answer);
        }
        return answer.substring(start.length(), answer.length() - 1);
    }

    /** All that comes back for these bytes until the server closes the connection. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
