package proteus.bootstrap.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.Source;
import proteus.domain.network.Network;

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
        return read(command, ConfigurationReader::readDataDirectory);
    }

    /**
     * Which network the node belongs to.
     *
     * @throws ParameterException if anything in the configuration is wrong
     */
    Network network(CommandSpec command) {
        return read(command, ConfigurationReader::readNetwork);
    }

    private interface Reading<T> {
        T read(Host host, Source commandLine) throws MisconfigurationException;
    }

    private <T> T read(CommandSpec command, Reading<T> reading) {
        try {
            return reading.read(host, options.read(command.commandLine().getParseResult()));
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
