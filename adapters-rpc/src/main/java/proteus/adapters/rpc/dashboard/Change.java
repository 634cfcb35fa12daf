package proteus.adapters.rpc.dashboard;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** From one view to the next, as an event tells it. */
final class Change {

    private Change() {}

    /** All of a view, with all that there was before it. */
    static String whole(View view, List<AdoptionHistory.Series> history) {
        return Json.text(json -> {
            json.writeStartObject();
            writeMap(json, "parts", view.parts(), Map.of());
            writeMap(json, "peers", view.peers(), Map.of());
            json.writeName("history").writeStartArray();
            history.forEach(series -> write(json, series));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, AdoptionHistory.Series series) {
        json.writeStartObject();
        json.writeNumberProperty("step", series.step());
        json.writeName("points").writeStartArray();
        series.points().forEach(point -> write(json, point));
        json.writeEndArray();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, AdoptionHistory.Point point) {
        json.writeStartArray();
        json.writeNumber(point.time());
        json.writeNumber(point.legacy());
        json.writeNumber(point.libp2p());
        json.writeEndArray();
    }

    /** What has changed from one view to a later one; nothing else but the latest point of the adoption if nothing has. */
    static String between(View before, View after) {
        return Json.text(json -> {
            json.writeStartObject();
            writeMap(json, "parts", after.parts(), before.parts());
            writeMap(json, "peers", after.peers(), before.peers());
            json.writeName("gone").writeStartArray();
            before.peers().keySet().stream()
                    .filter(peer -> !after.peers().containsKey(peer))
                    .forEach(json::writeString);
            json.writeEndArray();
            json.writeName("adoption").writeRawValue(after.adoption());
            json.writeEndObject();
        });
    }

    private static void writeMap(
            JsonGenerator json, String name, Map<String, String> after, Map<String, String> before) {
        json.writeName(name).writeStartObject();
        after.forEach((key, document) -> {
            if (!document.equals(before.get(key))) {
                json.writeName(key);
                json.writeRawValue(document);
            }
        });
        json.writeEndObject();
    }
}
