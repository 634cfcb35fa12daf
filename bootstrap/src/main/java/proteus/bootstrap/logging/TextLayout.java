package proteus.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A line of the log for people: {@code 2026-11-25T21:36:00.123Z INFO  proteus.application.node: message}.
 *
 * <p>What is logged may hold text from peers, so nothing in it can begin a new line or steer the terminal.
 */
public final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(String.format(" %-5s ", event.getLevel()));
        line.append(event.getLoggerName()).append(": ");
        line.append(Printable.of(event.getFormattedMessage()));
        line.append(System.lineSeparator());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(Printable.ofLines(ThrowableProxyUtil.asString(thrown)));
        }
        return line.toString();
    }
}
