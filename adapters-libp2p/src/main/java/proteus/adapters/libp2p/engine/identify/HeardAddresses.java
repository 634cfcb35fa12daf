package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Collects a peer's addresses: each once, none that names another peer, and not too many. */
final class HeardAddresses {

    private final PeerId owner;
    private final int limit;
    private final Set<Multiaddr> kept = new LinkedHashSet<>();

    HeardAddresses(PeerId owner, int limit) {
        this.owner = owner;
        this.limit = limit;
    }

    /** Keeps the address, unless there is a reason not to. */
    void add(ByteString encoded) {
        if (kept.size() < limit) {
            read(encoded).filter(this::mayBeOwners).ifPresent(kept::add);
        }
    }

    /** What was kept, in its order. */
    List<Multiaddr> all() {
        return List.copyOf(kept);
    }

    /** The address, if it is one and nothing in it is unknown: that might hide whose it is. */
    static Optional<Multiaddr> read(ByteString encoded) {
        try {
            return Optional.of(Multiaddr.decode(encoded.toByteArray()))
                    .filter(address -> address.components().getLast().protocol().isPresent());
        } catch (MalformedMultiaddrException malformed) {
            return Optional.empty();
        }
    }

    private boolean mayBeOwners(Multiaddr address) {
        return address.peerId().map(owner::equals).orElse(true);
    }
}
