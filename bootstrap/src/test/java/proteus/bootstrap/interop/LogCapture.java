package proteus.bootstrap.interop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What Proteus logs while this is open, from debug on. */
final class LogCapture implements AutoCloseable {

    private static final String OURS = "proteus";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(OURS);
    private final Level before = Optional.ofNullable(logger.getLevel()).orElse(Level.INFO);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    LogCapture() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    /** The lines so far, each with its level first. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line that contains {@code part}. */
    String await(String part) throws Exception {
        return Eventually.until(
                        "a line of the log with \"" + part + "\"",
                        this::lines,
                        all -> all.stream().anyMatch(line -> line.contains(part)))
                .stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
        logger.setAdditive(true);
    }
}
