package proteus.adapters.rpc.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** What came of reading a body. */
sealed interface HttpBody {

    /** All of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    record Whole(byte[] bytes) implements HttpBody {}

    /**
     * It is too long, and the rest of it was left unread.
     *
     * @param length as announced; of a body in pieces, as much of it as was announced so far
     */
    record TooLong(long length) implements HttpBody {}

    /** The length of a piece; what may follow it is not looked at. */
    Pattern PIECE = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(;.*)?");

    /** A line that says how long a piece is, or one after the last piece. */
    int MAX_LINE = 256;

    /**
     * Reads a body of at most {@code most} bytes.
     *
     * @throws BadRequestException if its pieces are not well-formed
     */
    static HttpBody read(HttpHead head, InputStream in, int most) throws IOException, BadRequestException {
        if (head.isInPieces()) {
            return readPieces(in, most);
        }
        long length = head.bodyLength().orElse(0);
        return length > most ? new TooLong(length) : new Whole(readFully(in, (int) length));
    }

    private static HttpBody readPieces(InputStream in, int most) throws IOException, BadRequestException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long length = pieceLength(in); length > 0; length = pieceLength(in)) {
            if (bytes.size() + length > most) {
                return new TooLong(bytes.size() + length);
            }
            bytes.writeBytes(readFully(in, (int) length));
            if (!readLine(in).isEmpty()) {
                throw new BadRequestException(HttpStatus.BAD_REQUEST);
            }
        }
        // Fields after the last piece; there are few, as there are few before the first.
        for (int trailers = 0; !readLine(in).isEmpty(); trailers++) {
            if (trailers > 16) {
                throw new BadRequestException(HttpStatus.BAD_REQUEST);
            }
        }
        return new Whole(bytes.toByteArray());
    }

    private static long pieceLength(InputStream in) throws IOException, BadRequestException {
        var piece = PIECE.matcher(readLine(in));
        if (!piece.matches()) {
            throw new BadRequestException(HttpStatus.BAD_REQUEST);
        }
        return Long.parseLong(piece.group(1), 16);
    }

    private static String readLine(InputStream in) throws IOException, BadRequestException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("a connection ends within a body");
            }
            if (line.length() == MAX_LINE) {
                throw new BadRequestException(HttpStatus.BAD_REQUEST);
            }
            line.append((char) next);
        }
        boolean hasReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return hasReturn ? line.substring(0, line.length() - 1) : line.toString();
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        // Takes memory only as the bytes come.
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a connection ends within a body");
        }
        return bytes;
    }
}
