package proteus.adapters.rpc;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import proteus.adapters.rpc.value.BlockSelector;

/**
 * The arguments of one call, by name.
 *
 * @param token the cookie; empty if the call has none, or one in no known form
 * @param values all others; at most {@value #MAX_VALUES}
 */
record Arguments(Optional<RpcCookie> token, Map<String, Value> values) {

    /** More than any method takes. */
    static final int MAX_VALUES = 16;

    /** As many as certainly are below 2^63. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    Arguments {
        values = Map.copyOf(values);
    }

    /** An argument as far as any method served here needs it. */
    sealed interface Value {

        /** A string. */
        record Text(String text) implements Value {}

        /** An integer, of any size and sign. */
        record Whole(BigInteger number) implements Value {}

        /** The value null. */
        record Nothing() implements Value {}

        /** Something else; what, is not kept. */
        record Other() implements Value {}
    }

    /** The string called {@code name}. */
    String text(String name) throws CallException {
        if (value(name) instanceof Value.Text(String text)) {
            return text;
        }
        throw CallException.invalidInput("argument " + name + " is no string");
    }

    /** The number called {@code name}, in {@code [0, 2^63)}. */
    long whole(String name) throws CallException {
        if (value(name) instanceof Value.Whole(BigInteger number)
                && number.signum() >= 0
                && number.bitLength() < Long.SIZE) {
            return number.longValueExact();
        }
        throw CallException.invalidInput("argument " + name + " is no number from 0 to 2^63 - 1");
    }

    /** The number called {@code name}, likewise; empty if it is null or missing. */
    Optional<Long> maybeWhole(String name) throws CallException {
        Value value = values.getOrDefault(name, new Value.Nothing());
        return value instanceof Value.Nothing ? Optional.empty() : Optional.of(whole(name));
    }

    /** The string called {@code name}; empty if it is null or missing. */
    Optional<String> maybeText(String name) throws CallException {
        Value value = values.getOrDefault(name, new Value.Nothing());
        return value instanceof Value.Nothing ? Optional.empty() : Optional.of(text(name));
    }

    /**
     * The number called {@code name}, in {@code [0, 2^63)}; empty if it is null or missing. For our own methods, to which it may
     * come as text.
     */
    Optional<Long> maybeNumber(String name) throws CallException {
        if (values.get(name) instanceof Value.Text(String text)) {
            if (!DIGITS.matcher(text).matches()) {
                throw CallException.invalidInput("argument " + name + " is no number");
            }
            return Optional.of(Long.parseLong(text));
        }
        return maybeWhole(name);
    }

    /** The block selector called {@code name}. */
    BlockSelector selector(String name) throws CallException {
        Optional<BlockSelector> selector = switch (value(name)) {
            case Value.Text(String text) -> BlockSelector.parse(text);
            case Value.Whole _ -> Optional.of(new BlockSelector.ByHeight(whole(name)));
            case Value.Nothing(), Value.Other() -> Optional.empty();
        };
        return selector.orElseThrow(() -> CallException.invalidInput("argument " + name + " is no block selector"));
    }

    private Value value(String name) throws CallException {
        Value value = values.get(name);
        if (value == null) {
            throw CallException.invalidInput("argument " + name + " is missing");
        }
        return value;
    }
}
