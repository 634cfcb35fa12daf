package proteus.adapters.rpc.dashboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the page shows at a moment, as JSON, in parts that are told again only when they have changed.
 *
 * @param number later ones have greater numbers
 * @param parts one document each, by their names
 * @param peers one document each, by what the page calls a peer; in the order in which they connected
 * @param adoption the latest point of the adoption, as a list of three numbers
 */
record View(long number, Map<String, String> parts, Map<String, String> peers, String adoption) {

    View {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }
}
