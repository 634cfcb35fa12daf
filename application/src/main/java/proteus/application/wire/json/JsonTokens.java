package proteus.application.wire.json;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessageKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The tokens of a JSON text that a peer wrote, one at a time.
 *
 * <p>Whatever the parser complains of becomes a fault at a byte of the text. The parser never recurses, and keeps
 * neither names nor text beyond the current token. For one thread at a time.
 */
final class JsonTokens implements AutoCloseable {

    /** No message is deeper than 15; the rest is for members that later versions add. */
    private static final int MAX_DEPTH = 32;

    /** The digits of the widest integer are 39. */
    private static final int MAX_NUMBER_LENGTH = 40;

    /** No member and no variant has a name longer than 32. */
    private static final int MAX_NAME_LENGTH = 256;

    /** A version may have any length, for upstream cuts it; so a frame's limit is the string's. Skipped strings have none. */
    private static final int MAX_STRING_LENGTH = FrameLimits.json(PeerMessageKind.HANDSHAKE);

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(PeerMessageJson.MAX_BYTES)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .build())
            // Names from peers do not stay in a table that outlives their text.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final JsonParser json;
    private Optional<PeerMessageKind> kind = Optional.empty();

    /**
     * The tokens of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if {@code bytes} does not have them
     */
    JsonTokens(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        // Given bytes, the parser would guess their encoding and replace what is none. This decoder does neither.
        this.json = JSON.createParser(
                ObjectReadContext.empty(),
                new InputStreamReader(
                        new ByteArrayInputStream(bytes, offset, length), StandardCharsets.UTF_8.newDecoder()));
    }

    /** From here on, faults are reported as faults of a message of this kind. */
    void enter(PeerMessageKind messageKind) {
        kind = Optional.of(messageKind);
    }

    /** Moves on to the next token. */
    JsonToken next() throws MalformedMessageException {
        @Nullable JsonToken token;
        try {
            token = json.nextToken();
        } catch (JacksonException complaint) {
            throw fault(complaint);
        }
        if (token == null) {
            throw faultHere(Reason.ENDS_EARLY);
        }
        return token;
    }

    /** The token that {@link #next} gave last. */
    JsonToken current() {
        return json.currentToken();
    }

    /** The name of the member that the current token belongs to, or is. */
    String name() {
        return json.currentName();
    }

    /** Moves on to the end of the current value, whatever it is. */
    void skip() throws MalformedMessageException {
        try {
            json.skipChildren();
        } catch (JacksonException complaint) {
            throw fault(complaint);
        }
    }

    /** Ends reading; only white space may be left. */
    void finish() throws MalformedMessageException {
        try {
            if (json.nextToken() != null) {
                throw fault(Reason.TRAILING_BYTES);
            }
        } catch (StreamReadException notEvenAToken) {
            throw faultBefore(Reason.TRAILING_BYTES);
        } catch (JacksonException complaint) {
            throw fault(complaint);
        }
    }

    /** An array with the characters of the current token in it, not to be changed, and valid until the next token. */
    char[] characters(JsonToken wanted) throws MalformedMessageException {
        require(wanted);
        try {
            return json.getStringCharacters();
        } catch (JacksonException complaint) {
            throw fault(complaint);
        }
    }

    /** Where in {@link #characters} those of the token begin. */
    int from() {
        return json.getStringOffset();
    }

    /** How many characters the token has. */
    int length() {
        return json.getStringLength();
    }

    /** Whether the current string, whose characters were asked for, has escape sequences, which are longer than what they mean. */
    boolean hasEscapes() {
        long first = json.currentTokenLocation().getCharOffset() + 1;
        long last = json.currentLocation().getCharOffset() - 1;
        return last - first != length();
    }

    /** Asserts the current token's type. */
    void require(JsonToken wanted) throws MalformedMessageException {
        if (current() != wanted) {
            throw fault(Reason.WRONG_TYPE);
        }
    }

    /** A fault of the current token. */
    MalformedMessageException fault(Reason reason) {
        return fault(json.currentTokenLocation().getCharOffset(), reason);
    }

    private MalformedMessageException faultHere(Reason reason) {
        return fault(json.currentLocation().getCharOffset(), reason);
    }

    /** A fault of the character that the parser read last. */
    private MalformedMessageException faultBefore(Reason reason) {
        return fault(json.currentLocation().getCharOffset() - 1, reason);
    }

    private MalformedMessageException fault(JacksonException complaint) {
        return switch (complaint) {
            case UnexpectedEndOfInputException _ -> faultHere(Reason.ENDS_EARLY);
            case StreamConstraintsException _ -> faultHere(Reason.BEYOND_LIMITS);
            // There is no input but the array, so it is the decoder that gave up.
            case JacksonIOException _ -> faultHere(Reason.NOT_UTF8);
            default -> faultBefore(Reason.NOT_JSON);
        };
    }

    private MalformedMessageException fault(long characters, Reason reason) {
        return new MalformedMessageException(kind, bytesOf(characters), reason);
    }

    /** The parser counts in UTF-16: the bytes of so many characters from the start, or all if there are fewer. */
    private int bytesOf(long characters) {
        long seen = 0;
        for (int at = start; at < end; at++) {
            boolean continues = (bytes[at] & 0xC0) == 0x80;
            if (!continues && seen >= characters) {
                return at - start;
            }
            if (!continues) {
                seen += (bytes[at] & 0xF8) == 0xF0 ? 2 : 1;
            }
        }
        return end - start;
    }

    /** Gives the parser's buffers back. */
    @Override
    public void close() {
        json.close();
    }
}
