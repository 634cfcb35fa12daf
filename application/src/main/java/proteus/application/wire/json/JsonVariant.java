package proteus.application.wire.json;

import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import tools.jackson.core.JsonToken;

/**
 * One variant of an enum: its name as a string, or an object with the name and what the variant carries.
 *
 * <p>A variant that carries nothing may also come as an object around null, as serde has it.
 */
final class JsonVariant {

    private final JsonReader in;
    private final JsonTokens tokens;
    private final String name;
    private final boolean bare;

    private JsonVariant(JsonReader in, JsonTokens tokens, String name, boolean bare) {
        this.in = in;
        this.tokens = tokens;
        this.name = name;
        this.bare = bare;
    }

    /** Reads the name of the variant that begins at the current token. */
    static JsonVariant begin(JsonReader in, JsonTokens tokens) throws MalformedMessageException {
        if (tokens.current() == JsonToken.VALUE_STRING) {
            char[] characters = tokens.characters(JsonToken.VALUE_STRING);
            return new JsonVariant(in, tokens, new String(characters, tokens.from(), tokens.length()), true);
        }
        tokens.require(JsonToken.START_OBJECT);
        if (tokens.next() == JsonToken.END_OBJECT) {
            throw tokens.fault(Reason.UNKNOWN_VARIANT);
        }
        return new JsonVariant(in, tokens, tokens.name(), false);
    }

    String name() {
        return name;
    }

    /** Reads the rest of a variant that carries nothing, and gives {@code value}. */
    <T> T unit(T value) throws MalformedMessageException {
        if (!bare) {
            tokens.next();
            tokens.require(JsonToken.VALUE_NULL);
            end();
        }
        return value;
    }

    /** Reads the rest of a variant that carries something. */
    <T> T payload(JsonReader.Element<T> element) throws MalformedMessageException {
        if (bare) {
            throw tokens.fault(Reason.WRONG_TYPE);
        }
        tokens.next();
        T value = element.read(in);
        end();
        return value;
    }

    private void end() throws MalformedMessageException {
        tokens.next();
        if (tokens.current() != JsonToken.END_OBJECT) {
            throw tokens.fault(Reason.WRONG_TYPE);
        }
    }
}
