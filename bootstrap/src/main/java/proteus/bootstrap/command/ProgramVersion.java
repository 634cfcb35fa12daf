package proteus.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this program is, the commit it was built from when the build knew it, and what runs it. */
final class ProgramVersion implements IVersionProvider {

    private static final String BUILT = "built.properties";

    @Override
    public String[] getVersion() {
        Properties built = built();
        String commit = built.getProperty("commit", "");
        return new String[] {
            "proteus " + built.getProperty("version", "of an unknown version")
                    + (commit.isEmpty() ? "" : " (commit " + commit + ")"),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    /** The build writes this file; a run from an editor may be without it. */
    private static Properties built() {
        Properties built = new Properties();
        try (InputStream file = ProgramVersion.class.getResourceAsStream(BUILT)) {
            if (file != null) {
                built.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return built;
    }
}
