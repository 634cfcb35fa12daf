package proteus.bootstrap.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** How the text of one value is read. */
@FunctionalInterface
interface Kind<T> {

    /**
     * The value.
     *
     * @throws BadValueException if {@code text} is not of this kind
     */
    T read(String text) throws BadValueException;

    /** Anything but nothing. */
    static Kind<String> text() {
        return text -> {
            if (text.isEmpty()) {
                throw new BadValueException("the value is empty");
            }
            return text;
        };
    }

    static Kind<Boolean> truth() {
        return oneOf(Map.of("true", true, "false", false), "true or false");
    }

    /** A decimal number from {@code least} to {@code most}. */
    static Kind<Long> number(long least, long most) {
        return text -> {
            BigInteger number = digits(text, least, BigInteger.valueOf(most));
            return number.longValueExact();
        };
    }

    static Kind<Long> port() {
        return number(0, 65_535);
    }

    /** A count that upstream keeps in 64 bits; here as much of it as an {@code int} holds, which no node reaches. */
    static Kind<Integer> count() {
        return text -> {
            BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
            return digits(text, 0, most)
                    .min(BigInteger.valueOf(Integer.MAX_VALUE))
                    .intValueExact();
        };
    }

    private static BigInteger digits(String text, long least, BigInteger most) throws BadValueException {
        if (text.matches("\\+?[0-9]{1,40}")) {
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        }
        throw not(text, "a whole number from " + least + " to " + most);
    }

    static Kind<Double> fraction() {
        return text -> {
            if (text.matches("[0-9]{0,20}\\.?[0-9]{1,20}|[0-9]{1,20}\\.")) {
                double fraction = Double.parseDouble(text);
                if (fraction <= 1) {
                    return fraction;
                }
            }
            throw not(text, "a number from 0.0 to 1.0");
        };
    }

    /** A decimal number, more than 1 and {@code most} at most. */
    static Kind<Double> ratio(int most) {
        return text -> {
            if (text.matches("[0-9]{1,10}(\\.[0-9]{1,10})?")) {
                double ratio = Double.parseDouble(text);
                if (ratio > 1 && ratio <= most) {
                    return ratio;
                }
            }
            throw not(text, "a number of more than 1, up to " + most);
        };
    }

    /** Bytes as upstream's sizes are written: a whole number, and after it {@code B}, {@code K}, {@code M} or {@code G}. */
    static Kind<Long> size(long least) {
        Pattern form = Pattern.compile("([0-9]{1,18})([BKMG]?)", Pattern.CASE_INSENSITIVE);
        return text -> {
            Matcher match = form.matcher(text);
            if (!match.matches()) {
                throw not(text, "a size such as 512M or 1G (units B, K, M, G)");
            }
            int unit = 10 * "BKMG".indexOf(match.group(2).toUpperCase(Locale.ROOT));
            BigInteger bytes = new BigInteger(match.group(1)).shiftLeft(unit);
            long size = bytes.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
            if (size < least) {
                throw new BadValueException("'" + text + "' is less than " + (least >> 20) + "M");
            }
            return size;
        };
    }

    static Kind<IpAddress> ip() {
        return text -> IpAddress.parse(text).orElseThrow(() -> not(text, "an IP address"));
    }

    static Kind<PeerAddress> ipAndPort() {
        return text -> PeerAddress.parse(text)
                .orElseThrow(() -> not(text, "an IP address and a port, such as 127.0.0.1:9797 or [::1]:9797"));
    }

    static Kind<Path> path() {
        return text -> {
            try {
                return Path.of(text().read(text));
            } catch (InvalidPathException invalid) {
                throw not(text, "a path");
            }
        };
    }

    /** One of the keys of {@code values}, which {@code what} lists for the operator. */
    static <T> Kind<T> oneOf(Map<String, T> values, String what) {
        return text -> Optional.ofNullable(values.get(text)).orElseThrow(() -> not(text, what));
    }

    /** One or more of {@code words}, with commas between them, in any case. */
    static Kind<List<String>> words(List<String> words) {
        return text -> {
            List<String> given = List.of(text.split(",", -1));
            for (String word : given) {
                if (!words.contains(word.strip().toLowerCase(Locale.ROOT))) {
                    throw not(word, "one of " + String.join(", ", words));
                }
            }
            return given;
        };
    }

    /** Text of a form that {@code what} describes for the operator. */
    static Kind<String> matching(String regex, String what) {
        Pattern form = Pattern.compile(regex);
        return text -> {
            if (!form.matcher(text).matches()) {
                throw not(text, what);
            }
            return text;
        };
    }

    static BadValueException not(String text, String what) {
        return new BadValueException("'" + text + "' is not " + what);
    }
}
