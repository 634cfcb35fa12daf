package proteus.bootstrap.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import proteus.bootstrap.config.Host;

/** {@code store}: what an operator does with the peer store of a node that does not run. */
@Command(
        name = "store",
        header = "Back up and restore what a node remembers of its peers, while it does not run.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus store backup peers-monday --network regtest",
            "  ./proteus store restore peers-monday --network regtest"
        })
final class StoreCommand {

    private StoreCommand() {}

    /** The command with those below it. */
    static CommandLine of(Host host) {
        return new CommandLine(new StoreCommand())
                .addSubcommand(new CommandLine(StoreBackup.of(host)))
                .addSubcommand(new CommandLine(StoreRestore.of(host)));
    }
}
