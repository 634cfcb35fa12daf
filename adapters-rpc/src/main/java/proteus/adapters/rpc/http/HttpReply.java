package proteus.adapters.rpc.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a service answers.
 *
 * @param status the first line of it
 * @param contentType as the header field has it
 * @param content what follows the head
 */
public record HttpReply(HttpStatus status, String contentType, Content content) {

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
