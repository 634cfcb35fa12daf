package proteus.bootstrap.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The messages that the crates of 0.19.4 wrote for the project: of all kinds, well-formed, and random within. */
final class UpstreamMessages {

    private static final Path FILE = Path.of("..", "application/src/test/resources/vectors/messages.jsonl.gz");
    private static final Pattern MESSAGE = Pattern.compile("\"type\":\"([^\"]*)\",\"wire\":\"([0-9a-f]*)\"");

    private UpstreamMessages() {}

    /** Their encodings, by a name that begins with "random" and ends with a number. */
    static Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line : reader.lines().toList()) {
                Matcher message = MESSAGE.matcher(line);
                if (message.find()) {
                    String type = message.group(1);
                    int number = numbers.merge(type, 1, Integer::sum);
                    messages.put("random " + type + " " + number, HexFormat.of().parseHex(message.group(2)));
                }
            }
        }
        return messages;
    }
}
