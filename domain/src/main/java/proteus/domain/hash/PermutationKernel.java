package proteus.domain.hash;

/**
 * A way to compute the permutation under Tip5. {@link Tip5#PORTABLE} is always there; another one may use what a
 * processor has, and is taken with {@link Tip5#accelerate}.
 *
 * <p>A kernel is safe for use by many threads, and keeps nothing.
 */
@FunctionalInterface
public interface PermutationKernel {

    /**
     * Permutes a state.
     *
     * @param state 16 elements in Montgomery form, as unsigned words that need not be canonical, before and after
     * @param work 32 words of memory for what comes between; anything may be in it, before and after
     */
    void permute(long[] state, long[] work);
}
