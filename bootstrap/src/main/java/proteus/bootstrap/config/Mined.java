package proteus.bootstrap.config;

import java.util.List;
import java.util.stream.Collectors;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.ProposalPolicy;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/** What the flags for mining say together. */
final class Mined {

    private Mined() {}

    /** How the node mines. */
    static MiningSettings read(Settings settings) {
        MiningSettings unsaid = MiningSettings.DEFAULT;
        return new MiningSettings(
                settings.isOn(MiningFlags.COMPOSE),
                settings.isOn(MiningFlags.GUESS),
                settings.number(
                        MiningFlags.GUESSER_THREADS, Runtime.getRuntime().availableProcessors()),
                settings.value(MiningFlags.MINIMUM_GUESSER_FRACTION).orElse(unsaid.minimumGuesserFraction()),
                settings.value(MiningFlags.GUESSER_RECEIVER).orElse(unsaid.receiver()),
                new ProposalPolicy(
                        settings.isOn(MiningFlags.IGNORE_FOREIGN_COMPOSITIONS),
                        settings.values(MiningFlags.WHITELISTED_COMPOSER).stream()
                                .map(Settings.Read::value)
                                .collect(Collectors.toUnmodifiableSet()),
                        settings.isOn(MiningFlags.SECRET_COMPOSITIONS)));
    }

    /** Where proofs are real, somebody has to make them, and this node does not. */
    static void requireMockProofs(Settings settings, Network network) {
        // A network that could not be read is not the main one.
        if (NetworkParameters.of(network).usesMockProofs() || !settings.isReadable(NetworkFlags.NAME)) {
            return;
        }
        for (Flag<Boolean> flag : List.of(MiningFlags.COMPOSE, MiningFlags.GUESS)) {
            if (settings.isOn(flag)) {
                settings.problem(settings.origin(flag) + ": this node cannot mine on " + network.id()
                        + ", whose blocks need real proofs; it mines on regtest and testnet-mock");
            }
        }
    }
}
