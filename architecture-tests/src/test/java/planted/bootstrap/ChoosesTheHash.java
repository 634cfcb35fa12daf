package planted.bootstrap;

import planted.domain.hash.Tip5;

/** Changes what the whole process hashes with. */
public final class ChoosesTheHash {

    /** Does it. */
    public void choose() {
        Tip5.accelerate(() -> {});
    }
}
