package proteus.domain.consensus;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed when it is first asked for, once, and then kept. Safe for use by many threads: those that ask
 * meanwhile wait.
 */
final class Memoised<T> implements Supplier<T> {

    private final Supplier<T> computation;
    private volatile @Nullable T value;

    Memoised(Supplier<T> computation) {
        this.computation = computation;
    }

    @Override
    public T get() {
        T known = value;
        return known == null ? computed() : known;
    }

    private synchronized T computed() {
        T known = value;
        if (known == null) {
            known = computation.get();
            value = known;
        }
        return known;
    }
}
