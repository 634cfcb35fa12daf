package proteus.adapters.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.StoreException;

/** The methods by the names that requests use. Filled at the start, by one thread, and then only read. */
final class MethodTable {

    private final Map<String, Method> methods = new HashMap<>();

    /** What answers the calls of one method. */
    @FunctionalInterface
    interface Handler {
        Answer call(Arguments arguments) throws CallException, StoreException;
    }

    /**
     * A method.
     *
     * @param needsCookie whether only the operator may call it
     * @param handler what answers
     */
    record Method(boolean needsCookie, Handler handler) {}

    /** A table of upstream's methods, none of which is supported yet. */
    static MethodTable ofUnsupported() {
        MethodTable table = new MethodTable();
        UpstreamMethods.NAMES.forEach(name -> table.put(name, MethodTable::unsupported));
        return table;
    }

    private static Answer unsupported(Arguments arguments) throws CallException {
        throw unsupported();
    }

    /** What a method answers that this node does not have, or has not for what was asked. */
    static CallException unsupported() {
        return CallException.failed("not supported by this node");
    }

    /** Adds a method that needs the cookie, by its name in snake case, over an earlier one of that name. */
    void put(String name, Handler handler) {
        methods.put(toUpperCamelCase(name), new Method(true, handler));
    }

    /** Adds a method that anybody may call, likewise. */
    void putOpen(String name, Handler handler) {
        methods.put(toUpperCamelCase(name), new Method(false, handler));
    }

    /** The method called {@code wireName}, in upper camel case. */
    Optional<Method> find(String wireName) {
        return Optional.ofNullable(methods.get(wireName));
    }

    static String toUpperCamelCase(String snakeCase) {
        StringBuilder camelCase = new StringBuilder(snakeCase.length());
        for (String word : snakeCase.split("_", -1)) {
            camelCase.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return camelCase.toString();
    }
}
