package proteus.adapters.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything below a directory, to compare before and after. */
final class DirectoryContent {

    private DirectoryContent() {}

    /** By relative path, the bytes of a file as hex digits, or "directory". */
    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            tree.forEach(path -> content.put(root.relativize(path).toString(), describe(path)));
        }
        return content;
    }

    private static String describe(Path path) {
        if (Files.isDirectory(path)) {
            return "directory";
        }
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
