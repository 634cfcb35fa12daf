package proteus.bootstrap.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.IdentityFile;
import proteus.bootstrap.config.DataDirectory;
import proteus.domain.peer.PeerId;

/** Who nodes are: of two that both want to move their session, the one with the smaller id begins. */
final class DrillIdentities {

    private DrillIdentities() {}

    /** So many new ones, the smallest id first. */
    static List<Identity> sorted(int count) {
        SecureRandom random = new SecureRandom();
        return Stream.generate(() -> Identity.generate(random))
                .limit(count)
                .sorted(Comparator.comparing(DrillIdentities::id))
                .toList();
    }

    private static PeerId id(Identity identity) {
        return PeerId.parse(identity.peerId().toString()).orElseThrow();
    }

    /** Makes the node that will keep its data in {@code directory} this one. */
    static void give(Path directory, Identity identity) throws IOException {
        Path file = new DataDirectory(directory).identityFile();
        Files.createDirectories(file.getParent());
        new IdentityFile(file).write(identity);
    }
}
