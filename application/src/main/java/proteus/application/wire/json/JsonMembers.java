package proteus.application.wire.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import tools.jackson.core.JsonToken;

/**
 * The members of one object: first those that are wanted are declared, then all are read, in whatever order they come.
 *
 * <p>A wanted member may come once only; others are skipped, as serde skips them. For one thread at a time.
 */
final class JsonMembers {

    private final JsonReader in;
    private final JsonTokens tokens;
    private final List<Member<?>> wanted = new ArrayList<>();

    JsonMembers(JsonReader in, JsonTokens tokens) {
        this.in = in;
        this.tokens = tokens;
    }

    /** Declares a member that has to be there. */
    <T> Member<T> member(String name, JsonReader.Element<T> element) {
        Member<T> member = new Member<>(in, name, element);
        wanted.add(member);
        return member;
    }

    /** Declares a member that may be null or missing. */
    <T> Member<Optional<T>> optional(String name, JsonReader.Element<T> element) {
        Member<Optional<T>> member = member(name, reader -> reader.optional(element));
        member.value = Optional.empty();
        return member;
    }

    /** Reads the object that begins at the current token. */
    void read() throws MalformedMessageException {
        tokens.require(JsonToken.START_OBJECT);
        int expected = 0;
        while (tokens.next() != JsonToken.END_OBJECT) {
            int index = indexOf(tokens.name(), expected);
            if (index < 0) {
                tokens.next();
                tokens.skip();
            } else {
                wanted.get(index).read(tokens);
                expected = index + 1;
            }
        }
    }

    /** Looks from {@code expected} on, for members mostly come in their order; -1 if nobody wants the member. */
    private int indexOf(String name, int expected) {
        for (int i = 0; i < wanted.size(); i++) {
            int index = (expected + i) % wanted.size();
            if (wanted.get(index).name.equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /** One wanted member. */
    static final class Member<T> {

        private final JsonReader in;
        private final String name;
        private final JsonReader.Element<T> element;
        private @Nullable T value;
        private boolean seen;

        private Member(JsonReader in, String name, JsonReader.Element<T> element) {
            this.in = in;
            this.name = name;
            this.element = element;
        }

        private void read(JsonTokens tokens) throws MalformedMessageException {
            if (seen) {
                throw in.fault(Reason.DUPLICATE_MEMBER);
            }
            seen = true;
            tokens.next();
            value = element.read(in);
        }

        /** Its value, once the object is read. */
        T value() throws MalformedMessageException {
            if (value == null) {
                throw in.fault(Reason.MISSING_MEMBER);
            }
            return value;
        }
    }
}
