package proteus.adapters.rpc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The other end, byte by byte. A read that takes 20 s fails. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    void send(String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    void sendBytes(int... bytes) throws IOException {
        for (int value : bytes) {
            out.write(value);
        }
        out.flush();
    }

    String receive() throws IOException {
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Sends a request without arguments but the cookie, and gives what stands in its {@code message}. */
    public String call(String method, byte[] cookie) throws IOException {
        return call(method, cookie, "");
    }

    /** Likewise, with more arguments: members of an object, comma first. */
    public String call(String method, byte[] cookie, String moreArguments) throws IOException {
        send(request(0, method, "\"token\":" + token(cookie) + moreArguments));
        String answer = receive();
        String start = "{\"request_id\":0,\"message\":";
        if (!answer.startsWith(start)) {
            throw new IOException("unexpected answer: " + answer);
        }
        return answer.substring(start.length(), answer.length() - 1);
    }

    static String request(long id, String method, String arguments) {
        return "{\"Request\":{\"context\":{\"deadline\":{\"secs\":9,\"nanos\":5}},\"id\":" + Long.toUnsignedString(id)
                + ",\"message\":{\"" + method + "\":{" + arguments + "}}}}";
    }

    static String token(byte[] cookie) {
        int[] numbers = new int[cookie.length];
        for (int i = 0; i < cookie.length; i++) {
            numbers[i] = cookie[i] & 0xFF;
        }
        return "{\"Cookie\":" + Arrays.toString(numbers) + "}";
    }

    /** Says that nothing more will be sent, and takes all that still comes. */
    List<String> finish() throws IOException {
        socket.shutdownOutput();
        List<String> rest = new ArrayList<>();
        int first = in.read();
        while (first >= 0) {
            byte[] payload = new byte[first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort()];
            in.readFully(payload);
            rest.add(new String(payload, StandardCharsets.UTF_8));
            first = in.read();
        }
        return rest;
    }

    /** Whether the server closes the connection without another byte. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
