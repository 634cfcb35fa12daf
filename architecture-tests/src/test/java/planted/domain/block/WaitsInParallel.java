package planted.domain.block;

import java.util.List;

/** Hands work to the common pool. */
public final class WaitsInParallel {
    public long sum(List<Long> values) {
        return values.parallelStream().mapToLong(Long::longValue).sum();
    }
}
