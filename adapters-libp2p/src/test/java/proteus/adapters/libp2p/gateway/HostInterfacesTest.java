package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HostInterfacesTest {

    private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("192.0.2.2");

    private final BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
    private volatile Instant now = Instant.EPOCH;
    private volatile InetAddress present = FIRST;

    private final HostInterfaces interfaces = new HostInterfaces(() -> now, () -> {
        readers.add(Thread.currentThread());
        return List.of(present);
    });

    @Test
    void aFreshAnswerIsGivenAgain() throws InterruptedException {
        assertThat(readers.take()).isEqualTo(Thread.currentThread());
        present = SECOND;
        now = now.plus(Duration.ofMinutes(1));

        assertThat(interfaces.get()).containsExactly(FIRST);
        assertThat(interfaces.get()).containsExactly(FIRST);
        assertThat(readers).isEmpty();
    }

    @Test
    void anOldAnswerIsGivenOnceMoreWhileAnotherThreadReadsTheNext() throws InterruptedException {
        readers.take();
        present = SECOND;
        now = now.plus(Duration.ofMinutes(1)).plusMillis(1);

        assertThat(interfaces.get()).containsExactly(FIRST);
        Thread reader = readers.poll(10, TimeUnit.SECONDS);
        assertThat(reader).isNotNull().isNotEqualTo(Thread.currentThread());
        reader.join();
        assertThat(interfaces.get()).containsExactly(SECOND);
    }
}
