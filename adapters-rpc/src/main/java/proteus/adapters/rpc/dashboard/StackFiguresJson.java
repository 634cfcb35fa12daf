package proteus.adapters.rpc.dashboard;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.domain.comparison.Distribution;
import tools.jackson.core.JsonGenerator;

/** What was measured of both stacks, side by side. */
final class StackFiguresJson {

    private static final double NEARLY_ALL = 0.95;

    private StackFiguresJson() {}

    /** {@code legacy} or {@code libp2p}. */
    static String name(Stack stack) {
        return stack.name().toLowerCase(Locale.ROOT);
    }

    static void write(JsonGenerator json, Map<Stack, StackFigures> stacks) {
        json.writeStartObject();
        for (Stack stack : Stack.values()) {
            StackFigures figures = stacks.get(stack);
            if (figures != null) {
                json.writeName(name(stack));
                write(json, figures);
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StackFigures figures) {
        json.writeStartObject();
        write(json, "roundTrip", figures.roundTrip());
        write(json, "handshake", figures.handshake());
        write(json, "session", figures.session());
        write(json, "blockRate", figures.blockRate());
        json.writeNumberProperty("framesIn", figures.traffic().framesIn());
        json.writeNumberProperty("framesOut", figures.traffic().framesOut());
        json.writeNumberProperty("bytesIn", figures.traffic().bytesIn());
        json.writeNumberProperty("bytesOut", figures.traffic().bytesOut());
        json.writeName("ends").writeStartObject();
        for (StackFigures.EndCause cause : StackFigures.EndCause.values()) {
            json.writeNumberProperty(
                    cause.name().toLowerCase(Locale.ROOT), figures.ends().getOrDefault(cause, 0L));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Distribution distribution) {
        json.writeName(name).writeStartObject();
        json.writeNumberProperty("count", distribution.count());
        write(json, "median", distribution.median());
        write(json, "most", distribution.quantile(NEARLY_ALL));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsDouble());
        } else {
            json.writeNullProperty(name);
        }
    }
}
