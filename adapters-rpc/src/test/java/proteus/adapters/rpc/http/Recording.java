package proteus.adapters.rpc.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.Block;

/** What a real node answered about a chain of its own, as {@code record_rpc.py} wrote it down. */
record Recording(List<Block> blocks, List<Http> http, List<Call> calls) {

    private static final String RESOURCE = "/proteus/adapters/rpc/http/neptune-core-0.19.4.jsonl.gz";
    private static final JsonTreeReader READER = new JsonTreeReader(1 << 24, Set.of());

    /** One exchange over HTTP. */
    record Http(String method, String path, String body, long status, String answer) {

        /** What was sent, in short. */
        String name() {
            String sent = body.length() > 150 ? body.substring(0, 150) + "…" + body.length() : body;
            return method.equals("POST") && path.equals("/") ? sent : method + " " + path;
        }
    }

    /** One call over the other RPC. */
    record Call(String method, String arguments, String answer) {

        String name() {
            return method + " " + arguments;
        }
    }

    static Recording read() throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<Http> http = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        try (InputStream in = Recording.class.getResourceAsStream(RESOURCE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                Map<String, JsonTree> members = members(tree(line).orElseThrow());
                if (members.containsKey("block")) {
                    blocks.add(block(text(members, "block").orElseThrow()));
                } else if (members.containsKey("rpc")) {
                    calls.add(new Call(
                            text(members, "rpc").orElseThrow(),
                            text(members, "arguments").orElseThrow(),
                            text(members, "answer").orElseThrow()));
                } else {
                    http.add(http(members));
                }
            });
        }
        return new Recording(blocks, http, calls);
    }

    private static Http http(Map<String, JsonTree> members) {
        return new Http(
                text(members, "method").orElse("POST"),
                text(members, "path").orElse("/"),
                text(members, "body").orElseThrow() + " ".repeat(Math.toIntExact(number(members, "pad"))),
                number(members, "status"),
                text(members, "answer").orElseThrow());
    }

    private static Block block(String base64) {
        try {
            return BincodeForm.BLOCK.decode(Base64.getDecoder().decode(base64), IntegerWidth.FIXED);
        } catch (MalformedMessageException damaged) {
            throw new UncheckedIOException(new IOException("a recorded block is damaged", damaged));
        }
    }

    /** The JSON value that {@code document} is; empty if it is none. */
    static Optional<JsonTree> tree(String document) {
        return READER.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, JsonTree> members(JsonTree tree) {
        return tree instanceof JsonTree.Members(Map<String, JsonTree> values) ? values : Map.of();
    }

    private static Optional<String> text(Map<String, JsonTree> members, String name) {
        return members.get(name) instanceof JsonTree.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    private static long number(Map<String, JsonTree> members, String name) {
        return members.get(name) instanceof JsonTree.Whole(BigInteger number) ? number.longValueExact() : 0;
    }
}
