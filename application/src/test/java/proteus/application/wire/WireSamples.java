package proteus.application.wire;

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
final class WireSamples {

    private WireSamples() {}

    /**
     * One message that the reference's own encoder wrote.
     *
     * @param type its kind, in words
     * @param wire its bytes in variable width
     * @param gatewayHandshake for handshakes, the bytes of its data in fixed width
     */
    record Vector(String type, byte[] wire, Optional<byte[]> gatewayHandshake) {
        @Override
        public String toString() {
            return type + ", " + wire.length + " bytes";
        }
    }

    /** Every message of the public vectors, all kinds. */
    static List<Vector> vectors() {
        return lines("/vectors/messages.jsonl.gz").stream()
                .map(line -> new Vector(
                        field(line, "type").orElseThrow(),
                        bytes(line, "wire").orElseThrow(),
                        bytes(line, "gateway_handshake")))
                .toList();
    }

    /** The payload of every frame of a recorded legacy session, in order; {@code name} without its ending. */
    static List<byte[]> recordedFrames(String name) {
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
