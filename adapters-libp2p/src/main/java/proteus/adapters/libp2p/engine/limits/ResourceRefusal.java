package proteus.adapters.libp2p.engine.limits;

/** Why a scope gives nothing. */
public sealed interface ResourceRefusal {

    /** The scope that refused: the one that was asked, or one above it. */
    ScopeName scope();

    /**
     * There is not enough left.
     *
     * @param resource what there is too little of
     * @param limit the most that the scope may hold of it; a number, or bytes
     * @param held what it holds
     * @param wanted what was asked for
     */
    record LimitReached(ScopeName scope, Resource resource, long limit, long held, long wanted)
            implements ResourceRefusal {
        @Override
        public String toString() {
            return scope + " holds " + held + " of " + limit + " " + resource + ", " + wanted + " wanted";
        }
    }

    /** The scope has been closed, by another thread or by the closing of one above it. */
    record ScopeClosed(ScopeName scope) implements ResourceRefusal {
        @Override
        public String toString() {
            return scope + " is closed";
        }
    }
}
