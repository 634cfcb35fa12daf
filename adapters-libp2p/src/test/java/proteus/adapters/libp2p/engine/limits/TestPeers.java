package proteus.adapters.libp2p.engine.limits;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** Ids of peers that do not exist. Nothing depends on which they are. */
final class TestPeers {

    private TestPeers() {}

    static List<PeerId> peers(int count) {
        SecureRandom random = new SecureRandom();
        return Stream.generate(() -> Identity.generate(random).peerId())
                .limit(count)
                .toList();
    }
}
