package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a test saw of the real node and of Proteus, for the report. For one thread. */
final class Seen {

    private final List<String> sentences = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();

    /** Adds what was seen. */
    void says(String sentence) {
        sentences.add(sentence);
    }

    /** The other side was these programs, which say their versions themselves. */
    void with(RealPrograms programs, String... names) throws IOException, InterruptedException {
        for (String name : names) {
            versions.add(RealPrograms.versionOf(programs.program(name)));
        }
    }

    String text() {
        return String.join("; ", sentences);
    }

    String versions() {
        return String.join(", ", versions);
    }
}
