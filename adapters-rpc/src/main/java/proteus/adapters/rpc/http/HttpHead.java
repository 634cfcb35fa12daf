package proteus.adapters.rpc.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What comes before the body of a request. Source: RFC 9112.
 *
 * @param method as it was sent
 * @param target likewise
 * @param isOld whether it is of HTTP 1.0, whose answers have no pieces and end with the connection
 * @param fields the header fields by their names in lower case; one that comes twice is joined by a comma
 */
record HttpHead(String method, String target, boolean isOld, Map<String, String> fields) {

    private static final int MAX_BYTES = 1 << 14;
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]{1,20}) ([!-~]{1,2048}) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([^\\x00\\r\\n]*?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    HttpHead {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads a head; empty if the connection ends before one begins.
     *
     * @throws BadRequestException if there is none, or it is too long
     */
    static Optional<HttpHead> read(InputStream in) throws IOException, BadRequestException {
        Optional<String> text = text(in);
        return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
    }

    private static Optional<String> text(InputStream in) throws IOException, BadRequestException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("a connection ends within a head");
            }
            if (head.size() == MAX_BYTES) {
                throw new BadRequestException(HttpStatus.HEAD_TOO_LARGE);
            }
            head.write(next);
            if (next != '\n') {
                lineLength += next == '\r' ? 0 : 1;
            } else if (lineLength > 0) {
                lineLength = 0;
            } else {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static HttpHead parse(String text) throws BadRequestException {
        List<String> lines = text.lines().toList();
        Matcher request = REQUEST_LINE.matcher(lines.getFirst());
        if (!request.matches()) {
            throw new BadRequestException(HttpStatus.BAD_REQUEST);
        }
        if (!request.group(3).equals("1")) {
            throw new BadRequestException(HttpStatus.VERSION_NOT_SUPPORTED);
        }
        Map<String, String> fields = new HashMap<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new BadRequestException(HttpStatus.BAD_REQUEST);
            }
            fields.merge(
                    field.group(1).toLowerCase(Locale.ROOT), field.group(2), (first, second) -> first + "," + second);
        }
        HttpHead head = new HttpHead(
                request.group(1), request.group(2), request.group(4).equals("0"), fields);
        head.requireOneLength();
        return head;
    }

    /** Two readers of a request must not find its end in two places. */
    private void requireOneLength() throws BadRequestException {
        Optional<String> length = field("content-length");
        Optional<String> coding = field("transfer-encoding");
        boolean isGood = length.isEmpty()
                ? coding.isEmpty() || (coding.get().equalsIgnoreCase("chunked") && !isOld)
                : coding.isEmpty() && LENGTH.matcher(length.get()).matches();
        if (!isGood) {
            throw new BadRequestException(HttpStatus.BAD_REQUEST);
        }
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The path, without what is asked of it. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What is asked of the path; may be empty. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    boolean isInPieces() {
        return field("transfer-encoding").isPresent();
    }

    /** How long the body is; empty if only its end tells. */
    OptionalLong bodyLength() {
        if (isInPieces()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(field("content-length").map(Long::parseLong).orElse(0L));
    }

    boolean wantsGoAhead() {
        return field("expect").filter("100-continue"::equalsIgnoreCase).isPresent() && !isOld;
    }

    boolean endsConnection() {
        return isOld
                || field("connection")
                        .filter(options -> options.toLowerCase(Locale.ROOT).contains("close"))
                        .isPresent();
    }
}
