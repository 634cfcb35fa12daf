package proteus.bootstrap.command;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import proteus.bootstrap.command.JsonLines.BadLineException;
import proteus.domain.hash.Digest;

/**
 * One JSON object of a line, with its members by name.
 *
 * <p>The readers say which line and which member is wrong.
 */
record JsonObject(int line, Map<String, Object> members) {

    /** Stands for a JSON null. */
    static final Object NULL = new Object();

    Optional<String> optionalText(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    String text(String name) throws BadLineException {
        return optionalText(name).orElseThrow(() -> missing(name, "a string"));
    }

    byte[] bytes(String name) throws BadLineException {
        try {
            return HexFormat.of().parseHex(text(name));
        } catch (IllegalArgumentException e) {
            throw missing(name, "hex digits");
        }
    }

    long number(String name) throws BadLineException {
        if (members.get(name) instanceof BigInteger number && number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        throw missing(name, "a number");
    }

    /** When, on which connection and from which side a recorded frame came, as far as the line says. */
    String origin() {
        StringBuilder text = new StringBuilder();
        if (members.get("t") instanceof Number seconds) {
            text.append(String.format(Locale.ROOT, "%8.3fs ", seconds.doubleValue()));
        }
        if (members.get("connection") instanceof BigInteger connection) {
            text.append("#").append(connection).append(' ');
        }
        optionalText("from").ifPresent(from -> text.append(String.format(Locale.ROOT, "%-8s ", from)));
        return text.toString();
    }

    /** The bytes of a bare line of hex digits. */
    static byte[] hex(int line, String text) throws BadLineException {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new BadLineException(line, "neither a JSON object nor hex digits");
        }
    }

    Digest digest(String name) throws BadLineException {
        try {
            return Digest.fromHex(text(name));
        } catch (IllegalArgumentException e) {
            throw missing(name, "a digest");
        }
    }

    List<Digest> digests(String name) throws BadLineException {
        List<Digest> digests = new ArrayList<>();
        try {
            for (Object item : items(name)) {
                digests.add(Digest.fromHex(String.valueOf(item)));
            }
        } catch (IllegalArgumentException e) {
            throw missing(name, "a list of digests");
        }
        return digests;
    }

    /** A list of unsigned 64-bit numbers, each written as a number or as a string. */
    long[] numbers(String name) throws BadLineException {
        List<?> items = items(name);
        long[] numbers = new long[items.size()];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Long.parseUnsignedLong(String.valueOf(items.get(i)));
            }
        } catch (NumberFormatException e) {
            throw missing(name, "a list of unsigned 64-bit numbers");
        }
        return numbers;
    }

    private List<?> items(String name) throws BadLineException {
        if (members.get(name) instanceof List<?> items) {
            return items;
        }
        throw missing(name, "a list");
    }

    BadLineException missing(String name, String wanted) {
        return new BadLineException(line, "\"" + name + "\" is missing or is not " + wanted);
    }
}
