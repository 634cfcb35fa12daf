package proteus.bootstrap.command;

import picocli.CommandLine.IVersionProvider;
import proteus.bootstrap.config.Build;

/** What this program is, the commit it was built from when the build knew it, and what runs it. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Build build = Build.read();
        return new String[] {
            "proteus " + build.version() + (build.commit().isEmpty() ? "" : " (commit " + build.commit() + ")"),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
