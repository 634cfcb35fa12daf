package planted.domain.hash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads from disk. */
public final class ReadsAFile {
    public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
