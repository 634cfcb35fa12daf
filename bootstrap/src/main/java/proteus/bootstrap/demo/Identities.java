package proteus.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.IdentityFile;
import proteus.domain.peer.PeerId;

/**
 * Who the nodes of a demo are on libp2p. Of two Proteus nodes that both want to move their session the one with the smaller
 * id begins; here that is always the one that dialled, so that the picture is the same each time.
 */
final class Identities {

    private Identities() {}

    /**
     * Writes a new key for each role into a file in {@code directory}.
     *
     * @throws IOException if that cannot be done
     */
    static Map<Role, Path> write(Path directory) throws IOException {
        SecureRandom random = new SecureRandom();
        Iterator<Identity> greatestFirst = Stream.generate(() -> Identity.generate(random))
                .limit(Role.values().length)
                .sorted(Comparator.comparing(Identities::id).reversed())
                .iterator();
        Map<Role, Path> files = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Path file = directory.resolve(role.name() + ".key");
            new IdentityFile(file).write(greatestFirst.next());
            files.put(role, file);
        }
        return files;
    }

    private static PeerId id(Identity identity) {
        return PeerId.parse(identity.peerId().toString()).orElseThrow();
    }
}
