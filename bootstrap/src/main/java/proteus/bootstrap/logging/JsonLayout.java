package proteus.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.io.StringWriter;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A line of the log for programs: an object with {@code time}, {@code level}, {@code logger}, {@code thread}, {@code
 * message}, and {@code exception} if there is one; all of them text.
 *
 * <p>Logback's own encoder counts milliseconds and has no such {@code message} with its values in it.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final JsonFactory json = new JsonFactory();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), line)) {
            object.writeStartObject();
            object.writeStringProperty(
                    "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
            object.writeStringProperty("level", event.getLevel().toString());
            object.writeStringProperty("logger", event.getLoggerName());
            object.writeStringProperty("thread", event.getThreadName());
            object.writeStringProperty("message", event.getFormattedMessage());
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null) {
                object.writeStringProperty("exception", ThrowableProxyUtil.asString(thrown));
            }
            object.writeEndObject();
        }
        return line.append('\n').toString();
    }
}
