package proteus.bootstrap.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import proteus.adapters.rpc.LogLevels;

/**
 * The log of the program: what all {@code System.Logger}s and the libraries write, on one stream.
 *
 * <p>Every line is written out before the call that logs it returns, so the end of the process loses none. Safe for use
 * by many threads.
 */
public final class ProgramLog implements LogLevels {

    /** Libraries that tell at level debug or info what only their authors want to know; and the JDK itself. */
    private static final List<String> QUIET = List.of("io.netty", "java", "jdk");

    private static final String OF_PROGRAM = "proteus";

    private final LoggerContext context;
    private final OutputStream target;

    ProgramLog(LoggerContext context, OutputStream target) {
        this.context = context;
        this.target = target;
    }

    /** The one log of this process, on standard error: standard output belongs to what a command prints. */
    public static ProgramLog ofThisProcess() {
        return new ProgramLog((LoggerContext) LoggerFactory.getILoggerFactory(), System.err);
    }

    /** A log of its own, which nothing but {@link #warn} writes to. */
    public static ProgramLog to(OutputStream target) {
        return new ProgramLog(ownContext(), target);
    }

    static LoggerContext ownContext() {
        LoggerContext context = new LoggerContext();
        // Without one, every line fails.
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    /** Logs like this from now on, in place of what was before. */
    public void start(LogSettings settings) {
        context.reset();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder(settings.format()));
        appender.setImmediateFlush(true);
        appender.setOutputStream(new Unclosed(target));
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(logback(settings.level()));
        QUIET.forEach(library -> context.getLogger(library).setLevel(ch.qos.logback.classic.Level.WARN));
        settings.loggers().forEach((name, level) -> context.getLogger(name).setLevel(logback(level)));
    }

    private Encoder<ILoggingEvent> encoder(LogFormat format) {
        Layout<ILoggingEvent> layout = switch (format) {
            case TEXT -> new TextLayout();
            case JSON -> new JsonLayout();
        };
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    /** Logs what the operator should know, in one line. */
    public void warn(String line) {
        context.getLogger(OF_PROGRAM).warn("{}", line);
    }

    /** {@inheritDoc} What was said before of single loggers below it is forgotten. */
    @Override
    public void setLevel(String logger, Level level) {
        String below = logger.isEmpty() ? "" : logger + ".";
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        for (Logger each : context.getLoggerList()) {
            if (each != root && each.getName().startsWith(below)) {
                each.setLevel(null);
            }
        }
        (logger.isEmpty() ? root : context.getLogger(logger)).setLevel(logback(level));
    }

    private static ch.qos.logback.classic.Level logback(Level level) {
        return switch (level) {
            case ALL, TRACE -> ch.qos.logback.classic.Level.TRACE;
            case DEBUG -> ch.qos.logback.classic.Level.DEBUG;
            case INFO -> ch.qos.logback.classic.Level.INFO;
            case WARNING -> ch.qos.logback.classic.Level.WARN;
            case ERROR -> ch.qos.logback.classic.Level.ERROR;
            case OFF -> ch.qos.logback.classic.Level.OFF;
        };
    }
}
