package proteus.bootstrap.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.Host;

/** {@code store backup}: copies the peer store to a new directory. */
@Command(
        name = "backup",
        header = "Copy the peer store of a stopped node to a new directory.",
        description = {
            "",
            "The copy is read through and appears complete or not at all. It may share unchangeable files with the store: "
                    + "copy it to another disk to be safe from the loss of this one. docs/peer-store.md says more."
        })
final class StoreBackup implements Callable<Integer> {

    private final StoreLocation location;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where to put the copy; must not exist.")
    private Path target;

    private StoreBackup(StoreLocation location) {
        this.location = location;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        StoreLocation location = new StoreLocation(host);
        return location.addTo(CommandSpec.forAnnotatedObject(new StoreBackup(location)));
    }

    @Override
    public Integer call() throws StoreException {
        Path peers = location.find(spec).peerStore();
        // To open a missing store would be to make one.
        if (!Files.exists(peers)) {
            throw new CommandFailedException(
                    "there is no peer store at " + peers + "; are --network and --data-dir those of the node?");
        }
        try (RocksDbPeerStore store = RocksDbPeerStore.open(peers)) {
            store.backup(target);
        }
        spec.commandLine().getOut().println("The peer store at " + peers + " is backed up to " + target + ".");
        return ExitCode.OK;
    }
}
