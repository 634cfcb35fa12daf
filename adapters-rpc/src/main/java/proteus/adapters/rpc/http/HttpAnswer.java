package proteus.adapters.rpc.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content of an answer on its way out: with its length if it is short, else in pieces, so that a long one takes no memory.
 * Nothing is sent before the first piece is full or the answer ends; of a live one also what is there at a flush.
 */
final class HttpAnswer extends OutputStream {

    private static final int PIECE = 1 << 15;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final OutputStream out;
    private final HttpStatus status;
    private final String contentType;
    private final Map<String, String> fields;
    private final boolean isLive;
    private final boolean inPieces;
    private final boolean endsConnection;
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private boolean begun;
    private boolean ended;

    /**
     * An answer.
     *
     * @param out where it goes
     * @param reply its status and type
     * @param fields further header fields
     * @param inPieces whether the other end takes pieces; if not, a long answer ends with the connection
     * @param endsConnection whether it is the last on this connection
     */
    HttpAnswer(
            OutputStream out, HttpReply reply, Map<String, String> fields, boolean inPieces, boolean endsConnection) {
        this.out = out;
        this.status = reply.status();
        this.contentType = reply.contentType();
        this.isLive = reply.isLive();
        this.fields = fields;
        this.inPieces = inPieces;
        this.endsConnection = endsConnection;
    }

    /** A whole answer, the last on its connection, to what {@code service} does not serve. */
    static void refuse(OutputStream out, HttpStatus status, HttpService service) throws IOException {
        refuse(out, status, service, Set.of());
    }

    /**
     * The same.
     *
     * @param allowed what is served in place of it; may be empty
     */
    static void refuse(OutputStream out, HttpStatus status, HttpService service, Set<String> allowed)
            throws IOException {
        String allow = allowed.isEmpty()
                ? ""
                : "Allow: " + String.join(", ", allowed.stream().sorted().toList()) + "\r\n";
        String type = service.hint().isEmpty() ? "" : "Content-Type: " + TEXT + "\r\n";
        send(
                out,
                "HTTP/1.1 " + status + "\r\n" + allow + type + lines(service.fields()) + "Content-Length: "
                        + service.hint().length() + "\r\nConnection: close\r\n\r\n" + service.hint());
        out.flush();
    }

    private static String lines(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == PIECE) {
            sendPiece();
        }
        piece[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            if (filled == PIECE) {
                sendPiece();
            }
            int count = Math.min(PIECE - filled, offset + length - from);
            System.arraycopy(bytes, from, piece, filled, count);
            filled += count;
            from += count;
        }
    }

    private void sendPiece() throws IOException {
        if (!begun) {
            begin(inPieces ? "Transfer-Encoding: chunked\r\n" : "");
        }
        if (inPieces) {
            send(out, Integer.toHexString(filled) + "\r\n");
        }
        out.write(piece, 0, filled);
        if (inPieces) {
            send(out, "\r\n");
        }
        filled = 0;
    }

    private void begin(String lengthField) throws IOException {
        String connection = endsConnection ? "Connection: close\r\n" : "";
        send(
                out,
                "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\n" + lines(fields) + lengthField
                        + connection + "\r\n");
        begun = true;
    }

    /** Sends what is there of a live answer, without the end. Others are flushed by writers of formats, too early. */
    @Override
    public void flush() throws IOException {
        if (!isLive) {
            return;
        }
        if (filled > 0) {
            sendPiece();
        }
        out.flush();
    }

    /** Sends what is left, and the end. Idempotent. */
    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (!begun) {
            begin("Content-Length: " + filled + "\r\n");
            out.write(piece, 0, filled);
        } else {
            if (filled > 0) {
                sendPiece();
            }
            if (inPieces) {
                send(out, "0\r\n\r\n");
            }
        }
        out.flush();
    }
}
