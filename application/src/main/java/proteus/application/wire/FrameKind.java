package proteus.application.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import proteus.domain.peer.PeerMessageKind;

/**
 * What the first bytes of a frame tell about its kind, long before the frame is complete.
 *
 * <p>A receiver applies the limit of the kind as soon as this is {@link Known}, ends the connection when it is
 * {@link Unknown}, and reads on when it is {@link Undecided}. Source: wire reference of neptune-cash 0.19.4, section
 * 1.3.
 */
public sealed interface FrameKind {

    /** Bytes of the payload that are looked at, at most. */
    int WINDOW = 64;

    /**
     * The frame carries a message of this kind, if it carries one at all.
     *
     * @param kind that kind
     */
    record Known(PeerMessageKind kind) implements FrameKind {}

    /** The frame carries nothing that this node knows, and more bytes would not change that. */
    record Unknown() implements FrameKind {}

    /** More bytes are needed, even if those that are there look wrong already: the reference waits, too. */
    record Undecided() implements FrameKind {}

    /**
     * The kind of a bincode frame.
     *
     * @param frameLength bytes in the frame's payload, as its prefix says, in {@code [0, 2^32)}
     * @param received what has come of the payload: the remaining bytes of the buffer, which stays as it is; more than
     *     the frame has may be there
     */
    static FrameKind ofBincode(long frameLength, ByteBuffer received) {
        return of(frameLength, received, FrameKind::kindIn);
    }

    /**
     * The kind of a JSON frame: the first quoted name, which may be that of an object's first member. Escape sequences in
     * it mean nothing here, and white space is what Unicode says, as upstream has it.
     *
     * @param frameLength bytes in the frame's payload, as its prefix says, in {@code [0, 2^32)}
     * @param received what has come of the payload: the remaining bytes of the buffer, which stays as it is; more than
     *     the frame has may be there
     */
    static FrameKind ofJson(long frameLength, ByteBuffer received) {
        return of(frameLength, received, FrameKind::kindNamedIn);
    }

    private static FrameKind of(
            long frameLength, ByteBuffer received, Function<byte[], Optional<PeerMessageKind>> reader) {
        int window = (int) Math.min(frameLength, WINDOW);
        byte[] first = new byte[Math.min(window, received.remaining())];
        received.get(received.position(), first);
        Optional<PeerMessageKind> kind = reader.apply(first);
        if (kind.isPresent()) {
            return new Known(kind.get());
        }
        return first.length < window ? new Undecided() : new Unknown();
    }

    private static Optional<PeerMessageKind> kindNamedIn(byte[] first) {
        String text = new String(first, StandardCharsets.UTF_8);
        int at = afterWhiteSpace(text, 0);
        if (text.startsWith("{", at)) {
            at = afterWhiteSpace(text, at + 1);
        }
        int end = text.indexOf('"', at + 1);
        return text.startsWith("\"", at) && end >= 0
                ? PeerMessageKind.fromUpstreamName(text.substring(at + 1, end))
                : Optional.empty();
    }

    private static int afterWhiteSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isWhiteSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The Unicode property White_Space. */
    private static boolean isWhiteSpace(char character) {
        return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r') || character == '\u0085';
    }

    private static Optional<PeerMessageKind> kindIn(byte[] first) {
        try {
            BincodeReader in = new BincodeReader(first, 0, first.length, IntegerWidth.VARIABLE);
            return PeerMessageKind.fromIndex(Integer.toUnsignedLong(in.u32()));
        } catch (MalformedMessageException notYetOrNever) {
            return Optional.empty();
        }
    }
}
