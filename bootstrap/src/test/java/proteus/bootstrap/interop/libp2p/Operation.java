package proteus.bootstrap.interop.libp2p;

import java.util.ArrayList;
import java.util.List;

/** What a dialler does with a listener, as the command line names it. */
enum Operation {
    IDENTIFY("identify"),
    PING("ping", "--count", "3"),
    /** Of 16 MiB. */
    ECHO("echo"),
    /** A hundred at once. */
    STREAMS("streams"),
    RESET("reset");

    private final List<String> words;

    Operation(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("--op", name));
        all.addAll(List.of(options));
        words = List.copyOf(all);
    }

    /** Its part of the command line. */
    List<String> words() {
        return words;
    }
}
