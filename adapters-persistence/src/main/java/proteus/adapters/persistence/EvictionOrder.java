package proteus.adapters.persistence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a table holds, and which of them makes room when it is full. Used on the store's thread only.
 *
 * <p>Kept in memory: some hundred bytes a record, and tables are bounded.
 */
final class EvictionOrder<K extends Comparable<? super K>> {

    private final Map<K, Rank> ranks = new HashMap<>();
    private final TreeSet<Place<K>> places = new TreeSet<>();

    private record Place<K extends Comparable<? super K>>(Rank rank, K key) implements Comparable<Place<K>> {
        @Override
        public int compareTo(Place<K> other) {
            int order = rank.compareTo(other.rank);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    int size() {
        return ranks.size();
    }

    boolean contains(K key) {
        return ranks.containsKey(key);
    }

    /** The key that goes first; empty if there is none. */
    Optional<K> first() {
        return places.isEmpty() ? Optional.empty() : Optional.of(places.first().key());
    }

    void put(K key, Rank rank) {
        remove(key);
        ranks.put(key, rank);
        places.add(new Place<>(rank, key));
    }

    void remove(K key) {
        @Nullable Rank rank = ranks.remove(key);
        if (rank != null) {
            places.remove(new Place<>(rank, key));
        }
    }

    void clear() {
        ranks.clear();
        places.clear();
    }
}
