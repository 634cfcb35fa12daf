package proteus.bootstrap.interop;

import java.util.ArrayList;
import java.util.List;

/** What a test saw of the real node and of Proteus, for the report. For one thread. */
final class Seen {

    private final List<String> sentences = new ArrayList<>();
    private String versions = "neptune-core 0.19.4, neptune-cli 0.19.4";

    /** Adds what was seen. */
    void says(String sentence) {
        sentences.add(sentence);
    }

    /** The other side was this, and not the usual version. */
    void with(String other) {
        versions = other;
    }

    String text() {
        return String.join("; ", sentences);
    }

    String versions() {
        return versions;
    }
}
