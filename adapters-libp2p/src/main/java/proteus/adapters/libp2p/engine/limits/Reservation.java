package proteus.adapters.libp2p.engine.limits;

/**
 * The answer to who wants something from a scope.
 *
 * @param <S> the kind of scope that holds what was granted
 */
public sealed interface Reservation<S> {

    /**
     * All that was asked for is reserved, in the scope and in all above it.
     *
     * @param scope what holds it: the new scope if one was asked for, or else the one that was asked
     */
    record Granted<S>(S scope) implements Reservation<S> {}

    /**
     * Nothing was reserved anywhere.
     *
     * @param refusal by whom, and why
     */
    record Refused<S>(ResourceRefusal refusal) implements Reservation<S> {}
}
