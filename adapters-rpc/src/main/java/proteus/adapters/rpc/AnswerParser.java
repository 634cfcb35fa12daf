package proteus.adapters.rpc;

import static proteus.adapters.rpc.JsonReading.forEachMember;
import static proteus.adapters.rpc.JsonReading.nextName;
import static proteus.adapters.rpc.JsonReading.require;
import static proteus.adapters.rpc.JsonReading.requireObject;
import static proteus.adapters.rpc.JsonReading.unsigned64;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what nodes answer. Members may come in any order, unknown ones are skipped, a member that occurs twice is
 * refused. Safe for use by many threads.
 */
final class AnswerParser {

    private final JsonFactory factory;

    /** For documents of at most {@code maxBytes}. */
    AnswerParser(int maxBytes) {
        factory = JsonReading.factory(maxBytes);
    }

    /**
     * Reads one whole document.
     *
     * @param id that of the request, unsigned
     * @param method that of the request, in upper camel case
     * @throws MalformedMessageException if it is no JSON, beyond a limit, or no answer to this request
     */
    CallOutcome parse(byte[] payload, long id, String method) throws MalformedMessageException {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), payload)) {
            json.nextToken();
            AnswerMembers members = new AnswerMembers();
            forEachMember(json, name -> {
                switch (name) {
                    case "request_id" -> members.id = unsigned64(json);
                    case "message" -> members.outcome = outcome(json, method);
                    default -> json.skipChildren();
                }
            });
            require(json.nextToken() == null, "something after the answer");
            return members.outcomeOf(id);
        } catch (JacksonException notJson) {
            throw new MalformedMessageException("no JSON, or beyond the limits", notJson);
        }
    }

    /** What is known of an answer so far. */
    private static final class AnswerMembers {
        private @Nullable Long id;
        private @Nullable CallOutcome outcome;

        private CallOutcome outcomeOf(long requestId) throws MalformedMessageException {
            if (id == null || outcome == null) {
                throw new MalformedMessageException("an answer without id or message");
            }
            require(id == requestId, "an answer to another request");
            return outcome;
        }
    }

    private CallOutcome outcome(JsonParser json, String method) throws MalformedMessageException {
        return onlyMember(json, tag -> switch (tag) {
            case "Ok" ->
                onlyMember(json, name -> {
                    require(name.equals(method), "an answer of another method");
                    return methodOutcome(json);
                });
            case "Err" -> frameworkError(json);
            default -> throw new MalformedMessageException("neither a result nor an error");
        });
    }

    private CallOutcome methodOutcome(JsonParser json) throws MalformedMessageException {
        return onlyMember(json, tag -> switch (tag) {
            case "Ok" -> new CallOutcome.Result(copy(json));
            case "Err" -> methodError(json);
            default -> throw new MalformedMessageException("neither a result nor an error of the method");
        });
    }

    private String copy(JsonParser json) {
        StringWriter copy = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), copy)) {
            out.copyCurrentStructureExact(json);
        }
        return copy.toString();
    }

    /** An error is a word, or a word with details, of which only a text is for people. */
    private static CallOutcome methodError(JsonParser json) throws MalformedMessageException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return new CallOutcome.Refused(json.getString());
        }
        return onlyMember(json, name -> {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                json.skipChildren();
                return new CallOutcome.Refused(name);
            }
            String text = json.getString();
            if (name.equals("Auth") && text.equals("InvalidCookie")) {
                return new CallOutcome.WrongCookie();
            }
            return new CallOutcome.Refused(name.equals("Failed") ? text : name + ": " + text);
        });
    }

    private static CallOutcome frameworkError(JsonParser json) throws MalformedMessageException {
        String[] detail = {"an error without details"};
        forEachMember(json, name -> {
            if (name.equals("detail") && json.currentToken() == JsonToken.VALUE_STRING) {
                detail[0] = json.getString();
            } else {
                json.skipChildren();
            }
        });
        return new CallOutcome.Refused(detail[0]);
    }

    /** Reads the value, which is the parser's current token, up to its end. */
    @FunctionalInterface
    private interface OutcomeReader {
        CallOutcome read(String name) throws MalformedMessageException;
    }

    private static CallOutcome onlyMember(JsonParser json, OutcomeReader reader) throws MalformedMessageException {
        requireObject(json);
        CallOutcome outcome = reader.read(nextName(json));
        require(json.nextToken() == JsonToken.END_OBJECT, "a second member where one belongs");
        return outcome;
    }
}
