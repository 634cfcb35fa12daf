package proteus.application.chain;

/** Who wants to know of new tips. */
@FunctionalInterface
public interface ChainListener {

    /**
     * Called after each change, in their order, when the change is stored and readers see it. On the thread that writes
     * the chain: must return soon, and must not submit blocks.
     */
    void tipChanged(TipChange change);
}
