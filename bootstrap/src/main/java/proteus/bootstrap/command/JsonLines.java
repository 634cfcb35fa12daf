package proteus.bootstrap.command;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads a file of JSON objects, one a line; empty lines are skipped. A file that begins as gzip does is unpacked. */
final class JsonLines {

    /** The longest line that is read, in characters: the largest frame of any kind, 300 MiB, in hex, and some more. */
    private static final int MAX_LINE = 700 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(MAX_LINE)
                    .maxDocumentLength(MAX_LINE)
                    .build())
            .build();

    private JsonLines() {}

    /** What is done with the text of each line; {@code number} counts from 1. */
    interface TextReader {
        void line(int number, String text) throws IOException;
    }

    /** What is done with a line that does not hold what was wanted. */
    interface FaultReader {
        void fault(int number, BadLineException fault);
    }

    /** What is done with the object of each line; {@code number} counts from 1. */
    interface LineReader {
        void line(int number, JsonObject object) throws IOException;
    }

    /**
     * Reads all lines of {@code file}; a line that is not what {@code reader} wants is told to {@code faults}.
     *
     * @throws IOException if the file cannot be read
     */
    static void read(Path file, LineReader reader, FaultReader faults) throws IOException {
        try (InputStream in = unpacked(Files.newInputStream(file))) {
            read(in, reader, faults);
        }
    }

    private static void read(InputStream in, LineReader reader, FaultReader faults) throws IOException {
        forEach(in, (number, line) -> {
            try {
                reader.line(number, parse(number, line));
            } catch (BadLineException fault) {
                faults.fault(number, fault);
            }
        });
    }

    /**
     * Gives all lines of {@code in} that are not blank to {@code reader}.
     *
     * @throws BadLineException if a line is longer than {@link #MAX_LINE}
     */
    static void forEach(InputStream in, TextReader reader) throws IOException {
        Reader characters = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int number = 1;
        for (int c = characters.read(); c >= 0; c = characters.read()) {
            if (c != '\n') {
                if (line.length() == MAX_LINE) {
                    throw new BadLineException(number, "longer than " + MAX_LINE + " characters");
                }
                line.append((char) c);
                continue;
            }
            give(reader, number, line);
            number++;
        }
        give(reader, number, line);
    }

    private static void give(TextReader reader, int number, StringBuilder line) throws IOException {
        String text = line.toString();
        line.setLength(0);
        if (!text.isBlank()) {
            reader.line(number, text);
        }
    }

    /** The same bytes, unpacked if they begin as gzip does. */
    static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in) : in;
    }

    /** Parses one line. */
    static JsonObject parse(int number, String line) throws BadLineException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLineException(number, "not a JSON object");
            }
            JsonObject object = object(number, parser);
            if (parser.nextToken() != null) {
                throw new BadLineException(number, "more than one JSON object");
            }
            return object;
        } catch (JacksonException e) {
            throw new BadLineException(number, e.getOriginalMessage());
        } catch (UncheckedIOException e) {
            throw new BadLineException(number, String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject object(int number, JsonParser parser) throws BadLineException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(number, parser));
        }
        return new JsonObject(number, members);
    }

    private static Object value(int number, JsonParser parser) throws BadLineException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(number, parser);
            case START_ARRAY -> array(number, parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonObject.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new BadLineException(number, "unexpected " + parser.currentToken());
        };
    }

    private static List<Object> array(int number, JsonParser parser) throws BadLineException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(number, parser));
        }
        return items;
    }

    /** A line that is not what the command reads. */
    static final class BadLineException extends IOException {

        private static final long serialVersionUID = 1L;

        BadLineException(int number, String problem) {
            super("line " + number + ": " + problem);
        }
    }
}
