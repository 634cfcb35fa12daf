package proteus.domain.comparison;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import proteus.domain.comparison.NodeGuard.Voice;
import proteus.domain.peer.IpAddress;

/**
 * A node that migrates, in hours that take no time: each peer is probed twice a minute on the stack where it is, moved when its
 * time has come, taken back when the guard says so, and moved again when it may.
 */
final class SimulatedNode {

    private static final Thresholds USUAL = Thresholds.DEFAULT;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int PROBES = 2;

    private final List<Peer> peers = new ArrayList<>();
    private NodeGuard guard = NodeGuard.NEW;
    private int minute;
    int timesBack;
    int held;
    int firstBack = Integer.MAX_VALUE;

    /** How long a round-trip takes. */
    interface Link {
        double seconds(int minute, boolean onLibp2p);
    }

    private static final class Peer {
        private final PeerNetwork network;
        private final int movedAt;
        private final boolean movedByNode;
        private final Link link;
        private final Deque<Double> window = new ArrayDeque<>();
        private PeerGuard guard = PeerGuard.NEW;
        private Side baseline = Side.NOTHING;
        private boolean onLibp2p;

        private Peer(int network, int movedAt, boolean movedByNode, Link link) {
            this.network = network(network);
            this.movedAt = movedAt;
            this.movedByNode = movedByNode;
            this.link = link;
        }

        private void pass(int minute) {
            window.add(link.seconds(minute, onLibp2p));
            if (window.size() > USUAL.window().toMinutes()) {
                window.remove();
            }
            long now = minute * MINUTE;
            if (!onLibp2p) {
                guard = guard.onLegacy(side(), USUAL, now);
            } else if (movedByNode) {
                guard = guard.onLibp2p(side(), baseline, USUAL, now);
            }
            boolean belongs = minute >= movedAt && !guard.holds();
            if (belongs != onLibp2p) {
                move();
            }
        }

        private void move() {
            if (!onLibp2p && side().isEnough(USUAL.minSamples())) {
                baseline = side();
            }
            onLibp2p = !onLibp2p;
            window.clear();
        }

        private Side side() {
            double[] sorted =
                    window.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0
                    ? Side.NOTHING
                    : new Side(
                            Optional.of(new Reading(sorted[sorted.length / 2], (long) PROBES * sorted.length)),
                            Optional.empty(),
                            0);
        }
    }

    /** The network with this number. */
    static PeerNetwork network(int number) {
        return PeerNetwork.of(new IpAddress.V4((8 << 24) + (number << 16)));
    }

    /** A peer that the node moves at this minute. */
    void moved(int network, int atMinute, Link link) {
        peers.add(new Peer(network, atMinute, true, link));
    }

    /** A peer that goes to libp2p by itself at this minute. */
    void moving(int network, int atMinute, Link link) {
        peers.add(new Peer(network, atMinute, false, link));
    }

    /** Lets minutes pass. */
    SimulatedNode pass(int minutes) {
        for (int end = minute + minutes; minute < end; minute++) {
            peers.forEach(peer -> {
                boolean before = peer.guard.holds();
                peer.pass(minute);
                held += !before && peer.guard.holds() ? 1 : 0;
            });
            NodeGuard.Step step = guard.look(voices(), USUAL, minute * MINUTE);
            guard = step.next();
            if (step.goesBack()) {
                timesBack++;
                firstBack = Math.min(firstBack, minute);
            }
        }
        return this;
    }

    private List<Voice> voices() {
        return peers.stream()
                .flatMap(peer -> Voice.of(peer.network, peer.onLibp2p, peer.guard, minute * MINUTE).stream())
                .toList();
    }

    /** How many may not be on libp2p now. */
    long holds() {
        return peers.stream().filter(peer -> peer.guard.holds()).count();
    }
}
