package proteus.domain.comparison;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A vote among peers which a few of them cannot turn.
 *
 * <p>Each peer is worse by itself or is not, whatever it sent; who was not measured is not. There are two votes: one by peers, in
 * which the peers of one network make up a quarter of all at most; and one by networks, each of which is worse if more than half
 * of its peers are. Libp2p is worse if both say so by more than half, of at least {@value #LEAST_PEERS} peers and
 * {@value #LEAST_NETWORKS} networks that are worse.
 *
 * @param peers how many vote
 * @param networks in how many networks
 * @param worsePeers how many of them are worse, those beyond a network's share left out
 * @param worseNetworks how many of the networks are worse
 */
record Crowd(int peers, int networks, int worsePeers, int worseNetworks) {

    /** How many peers have to be worse. */
    static final int LEAST_PEERS = 8;

    /** How many networks have to be worse. */
    static final int LEAST_NETWORKS = 4;

    static <T> Crowd of(Collection<T> peers, Function<T, PeerNetwork> network, Predicate<T> isWorse) {
        Map<PeerNetwork, List<T>> networks = peers.stream().collect(Collectors.groupingBy(network));
        int share = Math.ceilDiv(peers.size(), LEAST_NETWORKS);
        int worsePeers = 0;
        int worseNetworks = 0;
        for (List<T> ofOne : networks.values()) {
            int worse = (int) ofOne.stream().filter(isWorse).count();
            worsePeers += Math.min(worse, share);
            worseNetworks += 2 * worse > ofOne.size() ? 1 : 0;
        }
        return new Crowd(peers.size(), networks.size(), worsePeers, worseNetworks);
    }

    /** Whether there are enough peers to be worse. */
    boolean isEnough() {
        return peers >= LEAST_PEERS && networks >= LEAST_NETWORKS;
    }

    boolean isWorse() {
        return worsePeers >= LEAST_PEERS
                && worseNetworks >= LEAST_NETWORKS
                && 2 * worsePeers > peers
                && 2 * worseNetworks > networks;
    }

    /** Such as {@code 9 of 12 peers in 5 of 7 networks}. */
    @Override
    public String toString() {
        return worsePeers + " of " + peers + " peers in " + worseNetworks + " of " + networks + " networks";
    }
}
