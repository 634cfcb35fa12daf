package proteus.adapters.rpc;

import proteus.adapters.rpc.value.JsonContent;

/**
 * What a method gives back.
 *
 * @param result the result; all that it needs was read before
 * @param afterwards what to do once the client has its answer, for a method that ends the program
 */
record Answer(JsonContent result, Runnable afterwards) {

    /** A result, and nothing to do afterwards. */
    static Answer of(JsonContent result) {
        return new Answer(result, () -> {});
    }

    /** The answer of a method that returns nothing. */
    static Answer nothing() {
        return of(JsonContent.NULL);
    }
}
