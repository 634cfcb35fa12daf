package proteus.application.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Bytes that real Neptune nodes wrote, from the test resources. */
public final class WireSamples {

    private WireSamples() {}

    /**
     * One message that the reference's own encoder wrote.
     *
     * @param type its kind, in words
     * @param wire its bytes in variable width
     * @param gatewayHandshake for handshakes, the bytes of its data in fixed width
     * @param json its text on gateway 1.0
     */
    public record Vector(String type, byte[] wire, Optional<byte[]> gatewayHandshake, byte[] json) {
        @Override
        public String toString() {
            return type + ", " + wire.length + " bytes";
        }
    }

    /** Every message of the public vectors, all kinds. */
    public static List<Vector> vectors() {
        return lines("/vectors/messages.jsonl.gz").stream()
                .map(line -> new Vector(
                        field(line, "type").orElseThrow(),
                        bytes(line, "wire").orElseThrow(),
                        bytes(line, "gateway_handshake"),
                        json(line)))
                .toList();
    }

    /** The payload of every frame of a recorded legacy session, in order; {@code name} without its ending. */
    public static List<byte[]> recordedFrames(String name) {
        return lines("/recordings/" + name + ".jsonl.gz").stream()
                .flatMap(line -> bytes(line, "frame").stream())
                .toList();
    }

    private static Optional<byte[]> bytes(String line, String name) {
        return field(line, name).map(HexFormat.of()::parseHex);
    }

    private static Optional<String> field(String line, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ?\"([^\"\\\\]*)\"").matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The text in the member that holds it; only quotation marks are escaped in it. */
    private static byte[] json(String line) {
        int start = line.indexOf("\"json\":") + "\"json\":".length();
        start = line.indexOf('"', start) + 1;
        int end = start;
        while (line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        String escaped = line.substring(start, end);
        return escaped.replace("\\\"", "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String resource) {
        try (var stream = Objects.requireNonNull(WireSamples.class.getResourceAsStream(resource), resource);
                var reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
