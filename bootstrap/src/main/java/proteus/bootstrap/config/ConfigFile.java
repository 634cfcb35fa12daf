package proteus.bootstrap.config;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * A TOML file as a source: the long names of the flags as keys, arrays for what can be repeated, {@code true} or {@code
 * false} for switches. There are no tables in it.
 */
final class ConfigFile {

    /** A file with every flag and thousands of peers has less; a device that never ends has more. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, List<Source.Given>> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** Reads {@code file}; what is wrong with it is among the source's problems. */
    static Source read(Path file) {
        ConfigFile reading = new ConfigFile(file);
        reading.read();
        return new Source(reading.values, reading.problems);
    }

    private void read() {
        TomlParseResult table;
        try {
            table = Toml.parse(text());
        } catch (NoSuchFileException missing) {
            problems.add(file + ": there is no such file");
            return;
        } catch (AccessDeniedException denied) {
            problems.add(file + ": cannot be read: no permission");
            return;
        } catch (CharacterCodingException other) {
            problems.add(file + ": cannot be read: it is not UTF-8");
            return;
        } catch (IOException unreadable) {
            problems.add(file + ": cannot be read: " + unreadable.getMessage());
            return;
        }
        for (TomlParseError error : table.errors()) {
            problems.add(file + ":" + error.position().line() + ": " + error.getMessage());
        }
        for (String key : table.keySet()) {
            int line = Optional.ofNullable(table.inputPositionOf(List.of(key)))
                    .map(position -> position.line())
                    .orElse(1);
            key(key, file + ":" + line + ": " + key, table.get(List.of(key)));
        }
    }

    private String text() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private void key(String key, String origin, Object value) {
        Optional<Flag<?>> flag = Flags.named(key);
        if (flag.isEmpty()) {
            String what = value instanceof TomlTable ? "there are no tables here" : "there is no such setting";
            problems.add(origin + ": " + what
                    + Suggestion.after(key, Flags.all().stream().map(Flag::name).toList()));
        } else if (key.equals(ProgramFlags.CONFIG.name())) {
            problems.add(origin + ": a file cannot name another one");
        } else {
            value(flag.get(), origin, value);
        }
    }

    private void value(Flag<?> flag, String origin, Object value) {
        boolean fits = switch (value) {
            case Boolean truth ->
                switch (flag.shape()) {
                    // To say that a flag is not given is to say nothing.
                    case MAYBE -> !truth || add(flag, origin, "true");
                    case SWITCH -> add(flag, origin, truth.toString());
                    case ONE, MANY -> false;
                };
            case String text -> flag.shape() != Flag.Shape.SWITCH && add(flag, origin, text);
            case Long number -> flag.shape() != Flag.Shape.SWITCH && add(flag, origin, number.toString());
            case Double number ->
                flag.shape() != Flag.Shape.SWITCH
                        && Double.isFinite(number)
                        && add(flag, origin, BigDecimal.valueOf(number).toPlainString());
            case TomlArray array -> flag.shape() == Flag.Shape.MANY && addAll(flag, origin, array);
            default -> false;
        };
        if (!fits) {
            problems.add(origin + ": " + expected(flag.shape()));
        }
    }

    private boolean addAll(Flag<?> flag, String origin, TomlArray array) {
        values.put(flag.name(), List.of());
        boolean fit = true;
        for (Object value : array.toList()) {
            fit &= value instanceof String text && add(flag, origin, text);
        }
        return fit;
    }

    private boolean add(Flag<?> flag, String origin, String text) {
        List<Source.Given> more = new ArrayList<>(values.getOrDefault(flag.name(), List.of()));
        more.add(new Source.Given(text, origin));
        values.put(flag.name(), more);
        return true;
    }

    private static String expected(Flag.Shape shape) {
        return switch (shape) {
            case SWITCH -> "takes true or false, without quotes";
            case ONE -> "takes one text or number";
            case MAYBE -> "takes a text, true or false";
            case MANY -> "takes an array of texts, such as [\"a\", \"b\"]";
        };
    }
}
