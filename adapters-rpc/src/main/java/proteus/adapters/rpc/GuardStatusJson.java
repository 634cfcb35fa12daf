package proteus.adapters.rpc;

import java.time.Instant;
import proteus.application.port.ComparisonControl.Guard;
import tools.jackson.core.JsonGenerator;

/** How the guard over libp2p stands, as JSON; docs/rpc.md lists the members. Safe for use by many threads. */
public final class GuardStatusJson {

    private GuardStatusJson() {}

    /**
     * What the method {@code GuardStatus} gave.
     *
     * @throws MalformedMessageException if {@code json} is something else
     */
    public static Guard read(String json) throws MalformedMessageException {
        JsonMembers guard = JsonMembers.object(json);
        return new Guard(
                guard.truth("on"),
                guard.text("verdict"),
                guard.whole("peers_taken_back", Long.MAX_VALUE),
                guard.maybeParsed("node_taken_back", JournalJson::time));
    }

    static void write(JsonGenerator json, Guard guard) {
        json.writeStartObject();
        json.writeBooleanProperty("on", guard.on());
        json.writeStringProperty("verdict", guard.verdict());
        json.writeNumberProperty("peers_taken_back", guard.peersTakenBack());
        json.writeName("node_taken_back");
        guard.nodeTakenBack().map(Instant::toString).ifPresentOrElse(json::writeString, json::writeNull);
        json.writeEndObject();
    }
}
