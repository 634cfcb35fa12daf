package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.IdentityFile;
import proteus.domain.peer.PeerId;

/** Keys whose ids come before or behind another's: whose is the smaller one opens the gateway stream. */
final class Identities {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Identities() {}

    /** A key that opens the stream to {@code other}. */
    static Identity before(PeerId other) {
        return first(own -> own.compareTo(other) < 0);
    }

    /** A key to which {@code other} opens the stream. */
    static Identity behind(PeerId other) {
        return first(own -> own.compareTo(other) > 0);
    }

    private static Identity first(Predicate<PeerId> wanted) {
        return Stream.generate(() -> Identity.generate(RANDOM))
                .filter(identity -> wanted.test(idOf(identity)))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a key for the node that is told of {@code file}; returns the file. */
    static Path written(Path file, Identity identity) throws IOException {
        new IdentityFile(file).write(identity);
        return file;
    }

    static PeerId idOf(Identity identity) {
        return PeerId.parse(identity.peerId().bytes()).orElseThrow();
    }
}
