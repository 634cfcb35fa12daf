package proteus.adapters.rpc;

import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The journal of the migration as JSON; docs/rpc.md lists the members. Nothing is shortened. Safe for use by many threads. */
public final class JournalJson {

    private static final String STAGE = "stage";
    private static final String MOVE = "move";

    private JournalJson() {}

    /** One entry as one object, on one line. */
    public static String line(JournalEntry entry) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, entry);
        }
        return text.toString();
    }

    /**
     * The entries that the method {@code MigrationJournal} gave.
     *
     * @throws MalformedMessageException if {@code json} is something else
     */
    public static List<JournalEntry> read(String json) throws MalformedMessageException {
        List<JournalEntry> entries = new ArrayList<>();
        for (JsonMembers entry : JsonMembers.list(json)) {
            entries.add(read(entry));
        }
        return List.copyOf(entries);
    }

    static void write(JsonGenerator json, JournalEntry entry) {
        json.writeStartObject();
        json.writeStringProperty("time", entry.time().toString());
        switch (entry) {
            case JournalEntry.StageChanged(var _, Rollout from, Rollout to, String cause) -> {
                json.writeStringProperty("kind", STAGE);
                json.writeName("from");
                write(json, from);
                json.writeName("to");
                write(json, to);
                json.writeStringProperty("cause", cause);
            }
            case JournalEntry.Moved moved -> {
                json.writeStringProperty("kind", MOVE);
                json.writeStringProperty("peer", moved.peer().toString());
                json.writeStringProperty("to", name(moved.to()));
                json.writeStringProperty("outcome", moved.outcome().toString());
                json.writeName("gap_us");
                moved.gap().map(TimeUnit.MICROSECONDS::convert).ifPresentOrElse(json::writeNumber, json::writeNull);
                json.writeStringProperty("cause", moved.cause());
                json.writeStringProperty("detail", moved.detail());
            }
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Rollout rollout) {
        json.writeStartObject();
        json.writeStringProperty("stage", rollout.stage().toString());
        json.writeNumberProperty("share", rollout.share());
        json.writeEndObject();
    }

    private static JournalEntry read(JsonMembers entry) throws MalformedMessageException {
        Instant time = entry.parsed("time", JournalJson::time);
        return switch (entry.text("kind")) {
            case STAGE ->
                new JournalEntry.StageChanged(
                        time, rollout(entry.members("from")), rollout(entry.members("to")), entry.text("cause"));
            case MOVE ->
                new JournalEntry.Moved(
                        time,
                        entry.parsed("peer", PeerKey::parse),
                        entry.parsed("to", JournalJson::stack),
                        entry.parsed("outcome", MoveOutcome::parse),
                        entry.maybeWhole("gap_us", Long.MAX_VALUE)
                                .map(micros -> Duration.of(micros, ChronoUnit.MICROS)),
                        entry.text("cause"),
                        entry.text("detail"));
            default -> throw new MalformedMessageException("an entry of an unknown kind");
        };
    }

    static Rollout rollout(JsonMembers members) throws MalformedMessageException {
        return new Rollout(members.parsed("stage", Stage::parse), Math.toIntExact(members.whole("share", Rollout.ALL)));
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** {@code legacy} or {@code libp2p}. */
    static String name(Stack stack) {
        return stack.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Stack> stack(String text) {
        return switch (text) {
            case "legacy" -> Optional.of(Stack.LEGACY);
            case "libp2p" -> Optional.of(Stack.LIBP2P);
            default -> Optional.empty();
        };
    }
}
