package proteus.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.application.migration.MigrationSettings;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.PeerAddress;

/** What the flags for the migration say together. */
final class Staging {

    private Staging() {}

    /**
     * How the node migrates; what cannot be is a problem of {@code settings}.
     *
     * @param built the stacks that there are; libp2p always is
     */
    static MigrationSettings read(Settings settings, Set<Stack> built) {
        MigrationSettings unsaid = MigrationSettings.DEFAULT;
        List<Flag<?>> single = Stream.<Flag<?>>of(NetworkFlags.LEGACY, NetworkFlags.LIBP2P)
                .filter(flag -> !settings.counting(flag).isEmpty())
                .toList();
        requireNoConflict(settings, single);
        requireBuilt(settings, built);
        return new MigrationSettings(
                single.isEmpty() ? stage(settings, built) : Optional.empty(),
                settings.value(MigrationFlags.MIGRATE_SHARE).map(Math::toIntExact),
                !single.isEmpty(),
                settings.number(MigrationFlags.MIGRATE_AT_ONCE, unsaid.atOnce()),
                settings.number(MigrationFlags.MIGRATE_MIN_PEERS, unsaid.minPeers()),
                settings.number(MigrationFlags.MIGRATE_MOVES_PER_DAY, unsaid.movesPerDay()),
                pairs(settings),
                GuardFlags.read(settings));
    }

    private static void requireNoConflict(Settings settings, List<Flag<?>> single) {
        if (!single.isEmpty() && !settings.counting(MigrationFlags.STAGE).isEmpty()) {
            settings.problem(settings.origin(MigrationFlags.STAGE) + ": conflicts with "
                    + single.stream().map(settings::origin).collect(Collectors.joining(" and "))
                    + ", because a stage says what both stacks are used for; leave one or the other out");
        }
    }

    private static void requireBuilt(Settings settings, Set<Stack> built) {
        settings.value(MigrationFlags.STAGE)
                .filter(stage -> stage.uses(Stack.LEGACY) && !built.contains(Stack.LEGACY))
                .ifPresent(stage -> settings.problem(settings.origin(MigrationFlags.STAGE) + ": " + stage
                        + " needs the legacy stack, which this build does not have; leave it out, or say "
                        + Stage.LIBP2P_ONLY));
    }

    /** Without the legacy stack there is one stage, whatever a build that had it stored. */
    private static Optional<Stage> stage(Settings settings, Set<Stack> built) {
        return built.contains(Stack.LEGACY) ? settings.value(MigrationFlags.STAGE) : Optional.of(Stage.LIBP2P_ONLY);
    }

    private static Map<PeerAddress, List<PeerEndpoint>> pairs(Settings settings) {
        Map<PeerAddress, Set<PeerEndpoint>> pairs = new LinkedHashMap<>();
        for (Settings.Read<PeerPair> read : settings.values(MigrationFlags.LIBP2P_OF)) {
            pairs.computeIfAbsent(read.value().legacy(), _ -> new LinkedHashSet<>())
                    .add(read.value().libp2p());
        }
        return pairs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, pair -> List.copyOf(pair.getValue())));
    }
}
