package proteus.adapters.rpc;

import static proteus.adapters.rpc.JsonReading.forEachMember;
import static proteus.adapters.rpc.JsonReading.nextName;
import static proteus.adapters.rpc.JsonReading.require;
import static proteus.adapters.rpc.JsonReading.requireObject;
import static proteus.adapters.rpc.JsonReading.unsigned64;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what clients send.
 *
 * <p>Members may come in any order, unknown ones are skipped, a member that occurs twice is refused. Nothing is kept of
 * a document but what a method may need. Safe for use by many threads.
 */
final class ClientMessageParser {

    /** What tarpc assumes of a request without a deadline. */
    private static final Duration DEFAULT_TIME_LEFT = Duration.ofSeconds(10);

    /** No longer than this is kept in mind, whatever the client says. */
    private static final long MAX_SECONDS_LEFT = 3600;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final JsonFactory factory;

    /** For documents of at most {@code maxBytes}. */
    ClientMessageParser(int maxBytes) {
        factory = JsonReading.factory(maxBytes);
    }

    /**
     * Reads one whole document.
     *
     * @throws MalformedMessageException if it is no JSON, beyond a limit, or neither a request nor a cancellation
     */
    ClientMessage parse(byte[] payload) throws MalformedMessageException {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), payload)) {
            json.nextToken();
            requireObject(json);
            String variant = nextName(json);
            ClientMessage message = switch (variant) {
                case "Request" -> request(json);
                case "Cancel" -> cancel(json);
                default -> throw new MalformedMessageException("neither a request nor a cancellation");
            };
            require(json.nextToken() == JsonToken.END_OBJECT, "more than one message in a frame");
            require(json.nextToken() == null, "something after the message");
            return message;
        } catch (JacksonException notJson) {
            throw new MalformedMessageException("no JSON, or beyond the limits", notJson);
        }
    }

    private static ClientMessage.Request request(JsonParser json) throws MalformedMessageException {
        RequestMembers members = new RequestMembers();
        forEachMember(json, name -> {
            switch (name) {
                case "context" -> members.timeLeft = context(json);
                case "id" -> members.id = unsigned64(json);
                case "message" -> call(json, members);
                default -> json.skipChildren();
            }
        });
        return members.toRequest();
    }

    /** What is known of a request so far. */
    private static final class RequestMembers {
        private @Nullable Long id;
        private Duration timeLeft = DEFAULT_TIME_LEFT;
        private @Nullable String method;
        private @Nullable Arguments arguments;

        private ClientMessage.Request toRequest() throws MalformedMessageException {
            if (id == null || method == null || arguments == null) {
                throw new MalformedMessageException("a request without id or message");
            }
            return new ClientMessage.Request(id, timeLeft, method, arguments);
        }
    }

    private static ClientMessage.Cancel cancel(JsonParser json) throws MalformedMessageException {
        RequestMembers members = new RequestMembers();
        forEachMember(json, name -> {
            switch (name) {
                case "request_id" -> members.id = unsigned64(json);
                default -> json.skipChildren();
            }
        });
        if (members.id == null) {
            throw new MalformedMessageException("a cancellation without request id");
        }
        return new ClientMessage.Cancel(members.id);
    }

    private static Duration context(JsonParser json) throws MalformedMessageException {
        Duration[] timeLeft = {DEFAULT_TIME_LEFT};
        forEachMember(json, name -> {
            switch (name) {
                case "deadline" -> timeLeft[0] = duration(json);
                default -> json.skipChildren();
            }
        });
        return timeLeft[0];
    }

    private static Duration duration(JsonParser json) throws MalformedMessageException {
        long[] secondsAndNanos = new long[2];
        forEachMember(json, name -> {
            switch (name) {
                case "secs" -> secondsAndNanos[0] = unsigned64(json);
                case "nanos" -> secondsAndNanos[1] = unsigned64(json);
                default -> json.skipChildren();
            }
        });
        require(Long.compareUnsigned(secondsAndNanos[1], NANOS_PER_SECOND) < 0, "nanoseconds beyond one second");
        boolean beyond = Long.compareUnsigned(secondsAndNanos[0], MAX_SECONDS_LEFT) > 0;
        return Duration.ofSeconds(beyond ? MAX_SECONDS_LEFT : secondsAndNanos[0], secondsAndNanos[1]);
    }

    private static void call(JsonParser json, RequestMembers members) throws MalformedMessageException {
        requireObject(json);
        members.method = nextName(json);
        members.arguments = arguments(json);
        require(json.nextToken() == JsonToken.END_OBJECT, "more than one method in a request");
    }

    private static Arguments arguments(JsonParser json) throws MalformedMessageException {
        Map<String, Arguments.Value> values = new HashMap<>();
        RpcCookie[] token = new RpcCookie[1];
        forEachMember(json, name -> {
            if (name.equals("token")) {
                token[0] = token(json);
                return;
            }
            require(values.size() < Arguments.MAX_VALUES, "too many arguments");
            values.put(name, value(json));
        });
        return new Arguments(Optional.ofNullable(token[0]), values);
    }

    private static Arguments.Value value(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Arguments.Value.Text(json.getString());
            case VALUE_NUMBER_INT -> new Arguments.Value.Whole(json.getBigIntegerValue());
            case VALUE_NULL -> new Arguments.Value.Nothing();
            default -> {
                json.skipChildren();
                yield new Arguments.Value.Other();
            }
        };
    }

    private static RpcCookie token(JsonParser json) throws MalformedMessageException {
        requireObject(json);
        require(nextName(json).equals("Cookie"), "a token that is no cookie");
        require(json.currentToken() == JsonToken.START_ARRAY, "a cookie that is no array");
        byte[] bytes = new byte[RpcCookie.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a cookie of other than 32 numbers");
            BigInteger number = json.getBigIntegerValue();
            require(number.signum() >= 0 && number.bitLength() <= Byte.SIZE, "a cookie of other than bytes");
            bytes[i] = number.byteValue();
        }
        require(json.nextToken() == JsonToken.END_ARRAY, "a cookie of other than 32 numbers");
        require(json.nextToken() == JsonToken.END_OBJECT, "more than one token");
        return RpcCookie.presented(bytes);
    }
}
