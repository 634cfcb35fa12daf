package proteus.bootstrap.logging;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** The one log of this process, kept in memory from its start to its end, as a node begins it that is told nothing. */
public final class CapturedLog implements AutoCloseable {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ProgramLog log = new ProgramLog((LoggerContext) LoggerFactory.getILoggerFactory(), written);

    /** Starts it. */
    public CapturedLog() {
        log.start(LogSettings.DEFAULT);
    }

    /** What changes it. */
    public ProgramLog log() {
        return log;
    }

    /** All lines so far. */
    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Gives the log back to standard error. */
    @Override
    public void close() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }
}
