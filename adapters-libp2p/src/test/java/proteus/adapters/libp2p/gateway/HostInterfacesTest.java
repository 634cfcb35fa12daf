package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class HostInterfacesTest {

    private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("192.0.2.2");

    private final Queue<Runnable> readers = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private Optional<List<InetAddress>> present = Optional.of(List.of(FIRST));

    private final HostInterfaces interfaces = new HostInterfaces(() -> now, () -> present, readers::add);

    @Test
    void aFreshAnswerIsGivenAgain() {
        present = Optional.of(List.of(SECOND));
        now = now.plus(Duration.ofMinutes(1));

        assertThat(interfaces.get()).containsExactly(FIRST);
        assertThat(readers).isEmpty();
    }

    @Test
    void anOldAnswerIsGivenUntilAnotherThreadHasReadTheNext() {
        present = Optional.of(List.of(SECOND));
        now = now.plus(Duration.ofMinutes(1)).plusMillis(1);

        assertThat(interfaces.get()).containsExactly(FIRST);
        assertThat(interfaces.get()).containsExactly(FIRST);
        assertThat(readers).hasSize(1);
        readers.remove().run();
        assertThat(interfaces.get()).containsExactly(SECOND);
        assertThat(readers).isEmpty();
    }

    @Test
    void theAnswerBeforeIsGivenWhereThereIsNoNewOne() {
        present = Optional.empty();
        now = now.plus(Duration.ofHours(1));
        interfaces.get();
        readers.remove().run();

        assertThat(interfaces.get()).containsExactly(FIRST);
    }
}
