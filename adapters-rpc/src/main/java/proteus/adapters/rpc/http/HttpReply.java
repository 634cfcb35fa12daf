package proteus.adapters.rpc.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a service answers.
 *
 * @param status the first line of it
 * @param contentType as the header field has it
 * @param isLive whether it goes on as long as the other end wants: then each part of it, up to a flush, has the time that else
 *     all of it has, and no further request follows on its connection
 * @param content what follows the head
 */
public record HttpReply(HttpStatus status, String contentType, boolean isLive, Content content) {

    /** One that is told at once. */
    public HttpReply(HttpStatus status, String contentType, Content content) {
        this(status, contentType, false, content);
    }

    /** A line or more of text. */
    public static HttpReply text(HttpStatus status, String text) {
        return new HttpReply(
                status, "text/plain; charset=utf-8", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What follows the head of an answer. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all of it, piece by piece.
         *
         * @param out may be closed or not at the end
         * @throws IOException if the other end is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
