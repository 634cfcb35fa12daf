package proteus.bootstrap.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Host;

/** {@code store restore}: makes a missing peer store a copy of a backup. */
@Command(
        name = "restore",
        header = "Make the peer store of a stopped node a copy of a backup.",
        description = {
            "",
            "The backup is read through first. A store that is there is not overwritten: move its directory away before. "
                    + "docs/peer-store.md says more."
        })
final class StoreRestore implements Callable<Integer> {

    private final StoreLocation location;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The backup.")
    private Path backup;

    private StoreRestore(StoreLocation location) {
        this.location = location;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        StoreLocation location = new StoreLocation(host);
        return location.addTo(CommandSpec.forAnnotatedObject(new StoreRestore(location)));
    }

    @Override
    public Integer call() throws StoreException, IOException {
        DataDirectory data = location.find(spec);
        data.create();
        RocksDbPeerStore.restore(backup, data.peerStore());
        spec.commandLine().getOut().println("The peer store at " + data.peerStore() + " is a copy of " + backup + ".");
        return ExitCode.OK;
    }
}
