package proteus.domain.comparison;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Several peers as one voice, which a few of them cannot turn.
 *
 * <p>At least {@value #LEAST_PEERS} peers in at least {@value #LEAST_NETWORKS} networks are a crowd. Each peer has one vote,
 * whatever it sent; and there is a second vote by networks, of which each has one, whatever is in it. Both have to agree: it
 * takes more than half of the peers and more than half of the networks to have a say.
 *
 * @param <T> what is known of a peer
 */
final class Crowd<T> {

    /** How many peers there have to be. */
    static final int LEAST_PEERS = 8;

    /** In how many networks they have to be. */
    static final int LEAST_NETWORKS = 4;

    private final List<T> peers;
    private final Function<T, PeerNetwork> network;

    private Crowd(List<T> peers, Function<T, PeerNetwork> network) {
        this.peers = peers;
        this.network = network;
    }

    static <T> Crowd<T> of(Collection<T> peers, Function<T, PeerNetwork> network) {
        return new Crowd<>(List.copyOf(peers), network);
    }

    boolean isEnough() {
        return peers.size() >= LEAST_PEERS && networks() >= LEAST_NETWORKS;
    }

    int size() {
        return peers.size();
    }

    private long networks() {
        return peers.stream().map(network).distinct().count();
    }

    /** The lesser of what both votes say, each with the lower of two middle values. Of at least one peer. */
    double least(ToDoubleFunction<T> figure) {
        double ofPeers = lowerMedian(figure, peers);
        double ofNetworks = lowerMedian(
                Double::doubleValue,
                peers.stream().collect(Collectors.groupingBy(network)).values().stream()
                        .map(ofOne -> lowerMedian(figure, ofOne))
                        .toList());
        return Math.min(ofPeers, ofNetworks);
    }

    private static <V> double lowerMedian(ToDoubleFunction<V> figure, Collection<V> voters) {
        double[] sorted = voters.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** How many there are where, such as {@code 9 peers in 4 networks}. */
    @Override
    public String toString() {
        return peers.size() + " peers in " + networks() + " networks";
    }

    /**
     * What all of them have together, as one side of a comparison with a peer that is not among them: only round-trips, and
     * only if they are enough. The greater of what both votes say, so that it takes more than half to make legacy look fast.
     */
    static Optional<Reading> roundTrip(Collection<NodeGuard.OnLegacy> peers, int minSamples) {
        List<NodeGuard.OnLegacy> measured = peers.stream()
                .filter(peer -> peer.roundTrip().samples() >= minSamples)
                .toList();
        Crowd<NodeGuard.OnLegacy> crowd = Crowd.of(measured, NodeGuard.OnLegacy::network);
        return crowd.isEnough()
                ? Optional.of(new Reading(
                        -crowd.least(peer -> -peer.roundTrip().median()),
                        measured.stream()
                                .mapToLong(peer -> peer.roundTrip().samples())
                                .sum(),
                        crowd.size()))
                : Optional.empty();
    }
}
