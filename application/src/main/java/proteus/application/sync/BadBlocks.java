package proteus.application.sync;

import java.util.LinkedHashSet;
import java.util.Set;
import proteus.domain.hash.Digest;

/** The last blocks that are of no chain to follow: those that broke a rule, and tips above them. Safe for use by many threads. */
final class BadBlocks {

    private static final int MOST = 256;

    private final Set<Digest> blocks = new LinkedHashSet<>();

    synchronized void add(Digest block) {
        blocks.add(block);
        if (blocks.size() > MOST) {
            blocks.remove(blocks.iterator().next());
        }
    }

    synchronized boolean contains(Digest block) {
        return blocks.contains(block);
    }
}
