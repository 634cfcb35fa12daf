package proteus.adapters.libp2p.gateway;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** Identities whose order is known, for it decides who opens the stream. */
final class PeerIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private PeerIds() {}

    /** Somebody new. */
    static Identity any() {
        return Identity.generate(RANDOM);
    }

    /** Some identities, the smallest first. */
    static List<Identity> ascending(int count) {
        return Stream.generate(PeerIds::any)
                .limit(count)
                .sorted((one, other) -> one.peerId().compareTo(other.peerId()))
                .toList();
    }

    /** Somebody whose id is smaller than {@code than}. */
    static Identity below(PeerId than) {
        return Stream.generate(PeerIds::any)
                .filter(one -> one.peerId().compareTo(than) < 0)
                .findFirst()
                .orElseThrow();
    }

    /** Somebody whose id is greater than {@code than}. */
    static Identity above(PeerId than) {
        return Stream.generate(PeerIds::any)
                .filter(one -> one.peerId().compareTo(than) > 0)
                .findFirst()
                .orElseThrow();
    }
}
