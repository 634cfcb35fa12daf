package proteus.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ProgramLogTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = ProgramLog.ownContext();
    private final ProgramLog log = new ProgramLog(context, written);

    private Logger logger(String name) {
        return context.getLogger(name);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static LogSettings settings(LogFormat format, Level level, Map<String, Level> loggers) {
        return new LogSettings(format, level, loggers);
    }

    @Test
    void aLineOfTextHasTimeLevelLoggerAndMessage() {
        log.start(LogSettings.DEFAULT);

        logger("proteus.node").info("dialled {}", "203.0.113.7:9798");

        assertThat(written())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  proteus\\.node: "
                        + "dialled 203\\.0\\.113\\.7:9798\\R");
    }

    @Test
    void textFromAPeerCannotBeginALineOrSteerTheTerminal() {
        log.start(LogSettings.DEFAULT);

        logger("proteus").info("bye: {}", "x\n\u001b[31mfake\u202e\r\u2028 ключ \uD83D\uDE80");

        assertThat(written()).hasLineCount(1).contains("x??[31mfake??? ключ \uD83D\uDE80");
    }

    @Test
    void anExceptionIsShownWithItsTraceAndSteersNothing() {
        log.start(LogSettings.DEFAULT);

        logger("proteus").error("failed", new IllegalStateException("bad \u001b[31m"));

        assertThat(written())
                .contains("ERROR proteus: failed")
                .contains("java.lang.IllegalStateException: bad ?[31m")
                .containsPattern("(?m)^\tat .*ProgramLogTest\\.anException");
    }

    @Test
    void aLineOfJsonIsOneObjectOfTexts() {
        log.start(settings(LogFormat.JSON, Level.INFO, Map.of()));

        logger("proteus.node").warn("said {}", "\"x\"\n\u001b", new IllegalStateException("bad"));

        assertThat(written()).hasLineCount(1).doesNotContain("\u001b");
        Map<String, String> fields = fields(written());
        assertThat(fields)
                .containsOnlyKeys("time", "level", "logger", "thread", "message", "exception")
                .containsEntry("level", "WARN")
                .containsEntry("logger", "proteus.node")
                .containsEntry("message", "said \"x\"\n\u001b");
        assertThat(fields.get("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(fields.get("exception")).startsWith("java.lang.IllegalStateException: bad");
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new java.util.HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                fields.put(name, json.getString());
            }
            assertThat(json.nextToken()).isNull();
        }
        return fields;
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void aLineIsOutBeforeTheCallThatLogsItReturns(LogFormat format) {
        ProgramLog buffered = new ProgramLog(context, new BufferedOutputStream(written));
        buffered.start(settings(format, Level.INFO, Map.of()));

        for (int line = 1; line <= 100; line++) {
            logger("proteus").info("line {}", line);

            assertThat(written()).hasLineCount(line);
        }
    }

    @Test
    void aLevelIsForAllLoggersButTheLibrariesAndThoseNamed() {
        log.start(
                settings(LogFormat.TEXT, Level.DEBUG, Map.of("proteus.loud", Level.TRACE, "proteus.quiet", Level.OFF)));

        logger("proteus.node").debug("a");
        logger("proteus.node").trace("not a");
        logger("proteus.loud.x").trace("b");
        logger("proteus.quiet.x").error("not b");
        logger("io.netty.x").info("not c");
        logger("io.netty.x").warn("c");

        assertThat(written().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aLibraryIsLoudWhenItIsNamed() {
        log.start(settings(LogFormat.TEXT, Level.INFO, Map.of("io.netty", Level.DEBUG)));

        logger("io.netty.x").debug("heard");

        assertThat(written()).contains("heard");
    }

    @Test
    void oneLoggerAndThoseBelowChangeWhileTheProgramRuns() {
        log.start(settings(LogFormat.TEXT, Level.INFO, Map.of("proteus.node.peers", Level.ERROR)));

        log.setLevel("proteus.node", Level.DEBUG);
        logger("proteus.node").debug("one");
        logger("proteus.node.peers").debug("two");
        logger("proteus.nodes").debug("not three");
        log.setLevel("proteus.node", Level.ERROR);
        logger("proteus.node").warn("not four");

        assertThat(written()).contains("one").contains("two").doesNotContain("not");
    }

    @Test
    void theEmptyNameChangesAllLoggers() {
        log.start(settings(LogFormat.TEXT, Level.INFO, Map.of("proteus.quiet", Level.OFF)));

        log.setLevel("", Level.DEBUG);
        logger("proteus.quiet").debug("one");
        logger("io.netty").debug("two");
        log.setLevel("", Level.OFF);
        logger("proteus.quiet").error("not three");

        assertThat(written()).contains("one").contains("two").doesNotContain("not");
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void everyLevelOfJavaIsOneOfTheLog(Level level) {
        log.start(LogSettings.DEFAULT);

        log.setLevel("", level);
        logger("proteus").error("error");
        logger("proteus").warn("warning");
        logger("proteus").info("info");
        logger("proteus").debug("debug");
        logger("proteus").trace("trace");

        long expected = switch (level) {
            case ALL, TRACE -> 5;
            case DEBUG -> 4;
            case INFO -> 3;
            case WARNING -> 2;
            case ERROR -> 1;
            case OFF -> 0;
        };
        assertThat(written().lines()).hasSize((int) expected);
    }

    @Test
    void aSecondStartReplacesTheFirst() {
        log.start(settings(LogFormat.TEXT, Level.INFO, Map.of("proteus", Level.OFF)));
        log.start(settings(LogFormat.JSON, Level.INFO, Map.of()));

        logger("proteus").info("once");

        assertThat(written()).hasLineCount(1).startsWith("{");
    }

    @Test
    void aWarningForTheOperatorIsOneLineAsItIs() {
        log.start(LogSettings.DEFAULT);

        log.warn("--x {} is accepted");

        assertThat(written()).hasLineCount(1).contains("WARN  proteus: --x {} is accepted");
    }
}
