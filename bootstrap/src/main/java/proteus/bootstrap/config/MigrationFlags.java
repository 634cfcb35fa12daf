package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.MIGRATION;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import proteus.application.migration.MigrationSettings;
import proteus.application.port.Rollout;
import proteus.application.port.Stage;
import proteus.bootstrap.legacy.LegacyStack;

/** The flags for the migration from the legacy stack to libp2p. */
final class MigrationFlags {

    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_MIN_PEERS = 1000;
    private static final int MOST_MOVES_PER_DAY = 10_000;

    static final Flag<Stage> STAGE = Flag.one(
            MIGRATION,
            "stage",
            "NAME",
            Kind.oneOf(
                    Arrays.stream(Stage.values())
                            .collect(Collectors.toUnmodifiableMap(Stage::toString, Function.identity())),
                    "legacy-only, dual, migrate or libp2p-only"),
            "What the stacks are used for: legacy-only, dual (both), migrate (both, and a share of the legacy peers that have "
                    + "libp2p too is moved there) or libp2p-only. Conflicts with --legacy and --libp2p. It is kept over "
                    + "restarts, and ./proteus stage changes it while the node runs. Default: the one that is kept; "
                    + (LegacyStack.isBuilt()
                            ? "at first dual."
                            : "in this build, which has no legacy stack, libp2p-only."));

    static final Flag<Long> MIGRATE_SHARE = Flag.one(
            MIGRATION,
            "migrate-share",
            "PERCENT",
            Kind.number(0, Rollout.ALL),
            "How many of the peers that have both stacks are moved in the stage migrate, 0 to 100. Kept like the stage. "
                    + "Default: the one that is kept; at first " + Rollout.ALL + ".");

    static final Flag<Long> MIGRATE_AT_ONCE = Flag.one(
            MIGRATION,
            "migrate-at-once",
            "COUNT",
            Kind.number(1, MOST_AT_ONCE),
            "How many sessions are moved at a time, 1 to " + MOST_AT_ONCE + ". Default: "
                    + MigrationSettings.DEFAULT.atOnce() + ".");

    static final Flag<Long> MIGRATE_MIN_PEERS = Flag.one(
            MIGRATION,
            "migrate-min-peers",
            "COUNT",
            Kind.number(0, MOST_MIN_PEERS),
            "No session is given up for the time of a move if fewer than this many others are connected then, 0 to "
                    + MOST_MIN_PEERS + ". Default: " + MigrationSettings.DEFAULT.minPeers() + ".");

    static final Flag<Long> MIGRATE_MOVES_PER_DAY = Flag.one(
            MIGRATION,
            "migrate-moves-per-day",
            "COUNT",
            Kind.number(1, MOST_MOVES_PER_DAY),
            "How often one peer may be made to change its stack within 24 hours, 1 to " + MOST_MOVES_PER_DAY
                    + ". Default: " + MigrationSettings.DEFAULT.movesPerDay() + ".");

    static final Flag<PeerPair> LIBP2P_OF = Flag.many(MIGRATION, "libp2p-of", "LEGACY=MULTIADDR", PeerPair::parse, """
            Where a peer is over libp2p that takes legacy connections at LEGACY; can be repeated, for one peer too.
            IP:PORT=/ip4/IP/tcp/PORT or IP:PORT=/ip4/IP/udp/PORT/quic-v1, both with the same IP; with /p2p/ID behind it, \
            nobody else may be there.""");

    private MigrationFlags() {}

    static List<Flag<?>> all() {
        return List.of(STAGE, MIGRATE_SHARE, MIGRATE_AT_ONCE, MIGRATE_MIN_PEERS, MIGRATE_MOVES_PER_DAY, LIBP2P_OF);
    }
}
