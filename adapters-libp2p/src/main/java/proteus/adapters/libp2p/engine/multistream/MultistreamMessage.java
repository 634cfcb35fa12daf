package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

/** One message: {@code uvarint(length) ‖ text ‖ newline}, where the length counts the newline. */
sealed interface MultistreamMessage {

    /** Says which protocol is used to agree on protocols. */
    record Header() implements MultistreamMessage {}

    /** Refuses a proposal. */
    record NotAvailable() implements MultistreamMessage {}

    /** Asks for the names of all protocols. Nobody depends on an answer. */
    record ListRequest() implements MultistreamMessage {}

    /** Proposes {@code name}, or agrees to it. */
    record Protocol(String name) implements MultistreamMessage {}

    /** The text of {@link Header}. */
    String HEADER_TEXT = "/multistream/1.0.0";

    /** The text of {@link NotAvailable}. */
    String NOT_AVAILABLE_TEXT = "na";

    /** The text of {@link ListRequest}. */
    String LIST_TEXT = "ls";

    /** Appends the message with {@code text} to {@code out}. */
    static void write(ByteBuf out, String text) {
        int length = ByteBufUtil.utf8Bytes(text) + 1;
        if (length >= 0x80) {
            out.writeByte((length & 0x7F) | 0x80).writeByte(length >> 7);
        } else {
            out.writeByte(length);
        }
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte('\n');
    }

    /**
     * Reads the next message. If it is not there as a whole, {@code in} is left as it is.
     *
     * @param maxBytes the longest that is allowed; to be found out before the message has come
     */
    static Optional<MultistreamMessage> read(ByteBuf in, int maxBytes) throws NegotiationFailedException {
        int readable = in.readableBytes();
        if (readable == 0) {
            return Optional.empty();
        }
        int start = in.readerIndex();
        int length = in.getUnsignedByte(start);
        if (length == 0) {
            // At once, for a stream of zero bytes would be a stream of messages.
            throw new NegotiationFailedException(Reason.MALFORMED, "an empty message");
        }
        int text = start + 1;
        if (length >= 0x80) {
            if (readable < 2) {
                return Optional.empty();
            }
            int second = in.getByte(start + 1);
            if (second < 0) {
                throw new NegotiationFailedException(Reason.TOO_LONG, "a message of more than 16383 bytes");
            }
            if (second == 0) {
                throw new NegotiationFailedException(Reason.MALFORMED, "a length that is longer than it needs to be");
            }
            length = (length & 0x7F) | (second << 7);
            text++;
        }
        if (length > maxBytes) {
            throw new NegotiationFailedException(
                    Reason.TOO_LONG, "a message of " + length + " bytes; at most " + maxBytes + " are allowed");
        }
        if (readable < text - start + length) {
            return Optional.empty();
        }
        MultistreamMessage message = parse(in.toString(text, length, StandardCharsets.UTF_8));
        in.readerIndex(text + length);
        return Optional.of(message);
    }

    private static MultistreamMessage parse(String line) throws NegotiationFailedException {
        // What the remote wrote stays out of the text of the failure, for that may go to a log.
        if (line.indexOf('\n') != line.length() - 1) {
            throw new NegotiationFailedException(
                    Reason.MALFORMED, "a message of " + line.length() + " characters that is not one line");
        }
        String text = line.substring(0, line.length() - 1);
        return switch (text) {
            case HEADER_TEXT -> new Header();
            case NOT_AVAILABLE_TEXT -> new NotAvailable();
            case LIST_TEXT -> new ListRequest();
            default -> {
                if (!text.startsWith("/")) {
                    throw new NegotiationFailedException(
                            Reason.MALFORMED, "a message of " + line.length() + " characters that names no protocol");
                }
                yield new Protocol(text);
            }
        };
    }
}
