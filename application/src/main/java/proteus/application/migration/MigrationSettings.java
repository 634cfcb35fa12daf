package proteus.application.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proteus.application.comparison.GuardSettings;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.PeerAddress;

/**
 * What a node is told about its migration at its start.
 *
 * @param stage the stage to begin in; empty to go on with the one that is stored, {@link Rollout#DEFAULT} at first
 * @param share the share to begin with, in percent, 0 to 100; empty to go on with the one that is stored
 * @param custom whether the operator said himself what each stack is used for, so that no stage decides it until one is set
 *     while the node runs
 * @param atOnce how many sessions are moved at a time, 1 or more
 * @param minPeers no session is given up for the time of a move if fewer than this many others are connected then, 0 or
 *     more
 * @param movesPerDay how often a peer may be made to change its stack within 24 hours, 1 or more
 * @param pairs where peers are to be found over libp2p, by where they take legacy connections; at the same IP
 * @param guard when sessions are taken back
 */
public record MigrationSettings(
        Optional<Stage> stage,
        Optional<Integer> share,
        boolean custom,
        int atOnce,
        int minPeers,
        int movesPerDay,
        Map<PeerAddress, List<PeerEndpoint>> pairs,
        GuardSettings guard) {

    /** For a node that is told nothing. */
    public static final MigrationSettings DEFAULT =
            new MigrationSettings(Optional.empty(), Optional.empty(), false, 2, 0, 4, Map.of());

    /** For a node whose stacks are used as its settings say of each, and not as a stage does. */
    public static final MigrationSettings WITHOUT_STAGE = new MigrationSettings(
            DEFAULT.stage, DEFAULT.share, true, DEFAULT.atOnce, DEFAULT.minPeers, DEFAULT.movesPerDay, DEFAULT.pairs);

    /** With a guard that is told nothing. */
    public MigrationSettings(
            Optional<Stage> stage,
            Optional<Integer> share,
            boolean custom,
            int atOnce,
            int minPeers,
            int movesPerDay,
            Map<PeerAddress, List<PeerEndpoint>> pairs) {
        this(stage, share, custom, atOnce, minPeers, movesPerDay, pairs, GuardSettings.DEFAULT);
    }

    public MigrationSettings {
        if (share.isPresent() && (share.get() < 0 || share.get() > Rollout.ALL)) {
            throw new IllegalArgumentException("share outside 0 to 100: " + share.get());
        }
        if (atOnce < 1 || minPeers < 0 || movesPerDay < 1) {
            throw new IllegalArgumentException(
                    atOnce + " moves at once, " + minPeers + " peers at least, " + movesPerDay + " moves a day");
        }
        if (custom && stage.isPresent()) {
            throw new IllegalArgumentException("both the stage " + stage.get() + " and the use of single stacks");
        }
        pairs = pairs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair.getKey().canonical(), pair -> List.copyOf(pair.getValue())));
        pairs.forEach(MigrationSettings::requirePair);
    }

    /** The same with this guard. */
    public MigrationSettings guardedBy(GuardSettings other) {
        return new MigrationSettings(stage, share, custom, atOnce, minPeers, movesPerDay, pairs, other);
    }

    private static void requirePair(PeerAddress legacy, List<PeerEndpoint> libp2p) {
        for (PeerEndpoint endpoint : libp2p) {
            if (endpoint.carrier().stack() != Stack.LIBP2P
                    || !endpoint.address().ip().equals(legacy.ip())) {
                throw new IllegalArgumentException(endpoint + " is not where " + legacy + " can speak libp2p");
            }
        }
    }
}
