package proteus.adapters.rpc.dashboard;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import proteus.adapters.rpc.JsonMembers;
import proteus.adapters.rpc.MalformedMessageException;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpRequest;
import proteus.adapters.rpc.http.HttpStatus;
import proteus.application.port.NodeControl;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;

/**
 * What changes the node, and for whom. Who orders shows the secret of its session in a header field, which a page of others cannot
 * send: no cookie is used, since those are sent to every port of a host. Safe for use by many threads.
 */
final class Orders {

    private static final System.Logger LOGGER = System.getLogger(Orders.class.getName());
    private static final String CAUSE = "by order from the dashboard";
    private static final String SCHEME = "Bearer ";

    private final NodeControl control;
    private final Feed feed;
    private final Access access;

    Orders(NodeControl control, Feed feed, Access access) {
        this.control = control;
        this.feed = feed;
        this.access = access;
    }

    /** A session for a token. */
    HttpReply openSession(HttpRequest request) {
        if (!isJson(request)) {
            return unsupportedType();
        }
        Optional<String> session = text(request, "token").flatMap(access::exchange);
        if (session.isEmpty()) {
            // Everybody on this machine can do that, as often as he likes.
            LOGGER.log(Level.DEBUG, "the dashboard was shown a token that is not good, or not any more");
            return refused(HttpStatus.UNAUTHORIZED, "This link is used up, or too old.");
        }
        LOGGER.log(Level.INFO, "a browser may give orders on the dashboard from now on");
        return Json.reply(HttpStatus.OK, json -> {
            json.writeStartObject();
            json.writeStringProperty("session", session.get());
            json.writeEndObject();
        });
    }

    /** Whether a session is still good. */
    HttpReply tellSession(HttpRequest request) {
        boolean allowed = isAllowed(request);
        return Json.reply(HttpStatus.OK, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("allowed", allowed);
            json.writeEndObject();
        });
    }

    /** Sets stage and share. */
    HttpReply setStage(HttpRequest request) throws StoreException {
        if (!isJson(request)) {
            return unsupportedType();
        }
        if (!isAllowed(request)) {
            return refused(HttpStatus.UNAUTHORIZED, "This page may not give orders, or not any more.");
        }
        Optional<Rollout> rollout = rollout(request);
        if (rollout.isEmpty()) {
            return refused(
                    HttpStatus.BAD_REQUEST,
                    "Stages are legacy-only, dual, migrate and libp2p-only; a share is 0 to 100.");
        }
        try {
            control.migration().set(rollout.get(), CAUSE);
        } catch (RolloutRefusedException refused) {
            return refused(HttpStatus.CONFLICT, String.valueOf(refused.getMessage()));
        }
        LOGGER.log(Level.INFO, "the dashboard set the stage {0}", rollout.get());
        feed.lookNow();
        return Json.reply(HttpStatus.OK, json -> {
            json.writeStartObject();
            json.writeStringProperty("stage", rollout.get().stage().toString());
            json.writeNumberProperty("share", rollout.get().share());
            json.writeEndObject();
        });
    }

    /** A form of another page can send other types without asking first. */
    private static boolean isJson(HttpRequest request) {
        return request.field("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
                .filter("application/json"::equals)
                .isPresent();
    }

    private boolean isAllowed(HttpRequest request) {
        return request.field("authorization")
                .filter(shown -> shown.startsWith(SCHEME))
                .map(shown -> shown.substring(SCHEME.length()))
                .filter(access::allows)
                .isPresent();
    }

    private static Optional<Rollout> rollout(HttpRequest request) {
        try {
            JsonMembers members = members(request);
            return Stage.parse(members.text("stage"))
                    .flatMap(stage -> share(members).map(share -> new Rollout(stage, share)));
        } catch (MalformedMessageException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> share(JsonMembers members) {
        try {
            return Optional.of(Math.toIntExact(members.whole("share", Rollout.ALL)));
        } catch (MalformedMessageException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(HttpRequest request, String name) {
        try {
            return Optional.of(members(request).text(name));
        } catch (MalformedMessageException malformed) {
            return Optional.empty();
        }
    }

    private static JsonMembers members(HttpRequest request) throws MalformedMessageException {
        return JsonMembers.object(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static HttpReply unsupportedType() {
        return refused(HttpStatus.UNSUPPORTED_TYPE, "Orders are application/json.");
    }

    private static HttpReply refused(HttpStatus status, String reason) {
        return Json.reply(status, json -> {
            json.writeStartObject();
            json.writeStringProperty("reason", reason);
            json.writeEndObject();
        });
    }
}
