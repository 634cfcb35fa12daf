package proteus.bootstrap.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build wrote down of itself.
 *
 * @param version of the program, or a phrase that it is unknown
 * @param commit from which it was built; empty if the build did not know
 */
public record Build(String version, String commit) {

    private static final String FILE = "built.properties";

    /** Reads what was written down; a run from an editor may be without it. */
    public static Build read() {
        Properties built = new Properties();
        try (InputStream file = Build.class.getResourceAsStream(FILE)) {
            if (file != null) {
                built.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Build(built.getProperty("version", "of an unknown version"), built.getProperty("commit", ""));
    }
}
