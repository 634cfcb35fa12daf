package proteus.application.wire.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerMessageKind;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON that a peer wrote, as serde reads it.
 *
 * <p>Each method reads the value that begins at the current token, up to its last. Lists grow with what is there. For
 * one thread at a time. Source: serde_json 1.0.
 */
final class JsonReader implements AutoCloseable {

    private final JsonTokens tokens;

    /**
     * A reader of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if {@code bytes} does not have them
     */
    JsonReader(byte[] bytes, int offset, int length) {
        this.tokens = new JsonTokens(bytes, offset, length);
    }

    /** Reads one value of type {@code T}. */
    @FunctionalInterface
    interface Element<T> {
        T read(JsonReader in) throws MalformedMessageException;
    }

    /** From here on, faults are reported as faults of a message of this kind. */
    void enter(PeerMessageKind kind) {
        tokens.enter(kind);
    }

    /** Begins the text's one value. */
    void start() throws MalformedMessageException {
        tokens.next();
    }

    /** Ends reading; only white space may be left. */
    void finish() throws MalformedMessageException {
        tokens.finish();
    }

    boolean bool() throws MalformedMessageException {
        if (tokens.current() == JsonToken.VALUE_TRUE) {
            return true;
        }
        tokens.require(JsonToken.VALUE_FALSE);
        return false;
    }

    int u8() throws MalformedMessageException {
        return (int) atMost(0xFF);
    }

    int u16() throws MalformedMessageException {
        return (int) atMost(0xFFFF);
    }

    /** The bits of an unsigned 32-bit integer. */
    int u32() throws MalformedMessageException {
        return (int) atMost(0xFFFF_FFFFL);
    }

    private long atMost(long largest) throws MalformedMessageException {
        long value = u64();
        if (Long.compareUnsigned(value, largest) > 0) {
            throw fault(Reason.INTEGER_TOO_LARGE);
        }
        return value;
    }

    /** The bits of an unsigned 64-bit integer. */
    long u64() throws MalformedMessageException {
        char[] characters = tokens.characters(JsonToken.VALUE_NUMBER_INT);
        int from = tokens.from();
        int length = tokens.length();
        if (characters[from] == '-') {
            throw fault(Reason.NEGATIVE_INTEGER);
        }
        if (!Digits.fitU64(characters, from, length)) {
            throw fault(Reason.INTEGER_TOO_LARGE);
        }
        return Digits.parseU64(characters, from, length);
    }

    /** An unsigned 128-bit integer. */
    BigInteger u128() throws MalformedMessageException {
        BigInteger value = integer();
        if (value.signum() < 0) {
            throw fault(Reason.NEGATIVE_INTEGER);
        }
        return atMostBits(value, 2 * Long.SIZE);
    }

    /** A signed 128-bit integer. */
    BigInteger i128() throws MalformedMessageException {
        return atMostBits(integer(), 2 * Long.SIZE - 1);
    }

    private BigInteger integer() throws MalformedMessageException {
        return Digits.parseInteger(tokens.characters(JsonToken.VALUE_NUMBER_INT), tokens.from(), tokens.length());
    }

    private BigInteger atMostBits(BigInteger value, int bits) throws MalformedMessageException {
        if (value.bitLength() > bits) {
            throw fault(Reason.INTEGER_TOO_LARGE);
        }
        return value;
    }

    /** A field element; values from p on are reduced, as upstream does. */
    long fieldElement() throws MalformedMessageException {
        return BFieldElement.reduce(u64());
    }

    /** A digest in hex; elements from p on are a fault here, as upstream has it. */
    Digest digest() throws MalformedMessageException {
        char[] characters = tokens.characters(JsonToken.VALUE_STRING);
        return HexDigests.parse(characters, tokens.from(), tokens.length()).orElseThrow(() -> fault(Reason.BAD_STRING));
    }

    /** A string that means something. */
    <T> T parsed(Function<String, Optional<T>> parser) throws MalformedMessageException {
        return parser.apply(text()).orElseThrow(() -> fault(Reason.BAD_STRING));
    }

    private String text() throws MalformedMessageException {
        return new String(tokens.characters(JsonToken.VALUE_STRING), tokens.from(), tokens.length());
    }

    /** A string without escape sequences, which upstream refuses where it does not copy. */
    String plainText() throws MalformedMessageException {
        String text = text();
        if (tokens.hasEscapes()) {
            throw fault(Reason.BAD_STRING);
        }
        return text;
    }

    <T> Optional<T> optional(Element<T> element) throws MalformedMessageException {
        return tokens.current() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(element.read(this));
    }

    /** The members of the object that begins here. */
    JsonMembers members() {
        return new JsonMembers(this, tokens);
    }

    /** The enum's variant that begins here. */
    JsonVariant variant() throws MalformedMessageException {
        return JsonVariant.begin(this, tokens);
    }

    /** Begins a list. */
    void startArray() throws MalformedMessageException {
        tokens.require(JsonToken.START_ARRAY);
    }

    /** Moves on to the next element of a list of which {@code count} are read, or to its end; at most {@code limit} may come. */
    boolean hasNext(int count, int limit) throws MalformedMessageException {
        if (tokens.next() == JsonToken.END_ARRAY) {
            return false;
        }
        if (count == limit) {
            throw fault(Reason.LIST_TOO_LONG);
        }
        return true;
    }

    /** A list of exactly two elements of different types, which serde calls a tuple. */
    <A, B, T> T pair(Element<A> first, Element<B> second, BiFunction<A, B, T> make) throws MalformedMessageException {
        startArray();
        A one = next(first);
        B other = next(second);
        if (tokens.next() != JsonToken.END_ARRAY) {
            throw fault(Reason.LIST_TOO_LONG);
        }
        return make.apply(one, other);
    }

    private <T> T next(Element<T> element) throws MalformedMessageException {
        if (tokens.next() == JsonToken.END_ARRAY) {
            throw fault(Reason.LIST_TOO_SHORT);
        }
        return element.read(this);
    }

    /** A list that only the message's size bounds. */
    <T> List<T> list(Element<T> element) throws MalformedMessageException {
        return list(Integer.MAX_VALUE, element);
    }

    /** A list of at most {@code limit} elements. */
    <T> List<T> list(int limit, Element<T> element) throws MalformedMessageException {
        startArray();
        if (!hasNext(0, limit)) {
            return List.of();
        }
        List<T> elements = new ArrayList<>();
        do {
            elements.add(element.read(this));
        } while (hasNext(elements.size(), limit));
        return elements;
    }

    /** A list of exactly {@code size} elements. */
    <T> List<T> array(int size, Element<T> element) throws MalformedMessageException {
        List<T> elements = list(size, element);
        requireAtLeast(size, elements.size());
        return elements;
    }

    /** Asserts that a list that ended had not too few elements. */
    void requireAtLeast(int fewest, int size) throws MalformedMessageException {
        if (size < fewest) {
            throw fault(Reason.LIST_TOO_SHORT);
        }
    }

    List<Digest> digests() throws MalformedMessageException {
        return list(JsonReader::digest);
    }

    /** A fault of the current token. */
    MalformedMessageException fault(Reason reason) {
        return tokens.fault(reason);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
