package proteus.application.sync;

import java.util.LinkedHashSet;
import java.util.Set;
import proteus.domain.hash.Digest;

/** The last tips whose chains turned out to be none to follow. Safe for use by many threads. */
final class BadTips {

    private static final int MOST = 256;

    private final Set<Digest> tips = new LinkedHashSet<>();

    synchronized void add(Digest tip) {
        tips.add(tip);
        if (tips.size() > MOST) {
            tips.remove(tips.iterator().next());
        }
    }

    synchronized boolean contains(Digest tip) {
        return tips.contains(tip);
    }
}
