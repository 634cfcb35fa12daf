package proteus.bootstrap.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;

/** Finds the files of a node for a command that gets the node's flags for them. */
final class StoreLocation {

    private final Host host;
    private final FlagOptions options = new FlagOptions(Flags.ofDataDirectory());

    StoreLocation(Host host) {
        this.host = host;
    }

    /** Gives {@code command} the flags; returns it. */
    CommandSpec addTo(CommandSpec command) {
        options.addTo(command);
        return command;
    }

    /**
     * Where the node keeps its files.
     *
     * @throws ParameterException if anything in the configuration is wrong
     */
    DataDirectory find(CommandSpec command) {
        try {
            return ConfigurationReader.readDataDirectory(
                    host, options.read(command.commandLine().getParseResult()));
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
