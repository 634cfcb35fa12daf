package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.legacytcp.HalfOpenConnections.Entry;
import proteus.domain.peer.IpAddress;

@Timeout(30)
final class HalfOpenConnectionsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<String> dropped = new ArrayList<>();

    private static IpAddress ip(int last) {
        return new IpAddress.V4(0x7F000000 | last);
    }

    private Entry enter(HalfOpenConnections halfOpen, int ip, String name) {
        return halfOpen.enter(ip(ip), () -> dropped.add(name)).orElseThrow();
    }

    @Test
    void anAddressHasItsShareAndNoMore() {
        HalfOpenConnections halfOpen = new HalfOpenConnections(10, 10, 2);
        Entry first = enter(halfOpen, 1, "first");
        enter(halfOpen, 1, "second");

        assertThat(halfOpen.enter(ip(1), () -> dropped.add("third"))).isEmpty();
        enter(halfOpen, 2, "other");
        halfOpen.leave(first);
        enter(halfOpen, 1, "after one left");

        assertThat(dropped).isEmpty();
        assertThat(halfOpen.size()).isEqualTo(3);
        assertThat(halfOpen.dropped()).isEqualTo(1);
    }

    @Test
    void whenFullTheNewestOfTheGreediestAddressGoes() {
        HalfOpenConnections halfOpen = new HalfOpenConnections(10, 4, 3);
        enter(halfOpen, 1, "one, first");
        enter(halfOpen, 1, "one, second");
        enter(halfOpen, 1, "one, third");
        enter(halfOpen, 2, "two");

        enter(halfOpen, 3, "three");

        assertThat(dropped).containsExactly("one, third");
        assertThat(halfOpen.size()).isEqualTo(4);
    }

    @Test
    void whoIsGreediestHimselfDoesNotGetIn() {
        HalfOpenConnections halfOpen = new HalfOpenConnections(10, 2, 3);
        enter(halfOpen, 1, "one");
        enter(halfOpen, 2, "two");

        assertThat(halfOpen.enter(ip(2), () -> dropped.add("two, second"))).isEmpty();

        assertThat(dropped).isEmpty();
        assertThat(halfOpen.size()).isEqualTo(2);
    }

    @Test
    void aPermitIsThereUntilAllAreTaken() throws InterruptedException {
        HalfOpenConnections halfOpen = new HalfOpenConnections(1, 10, 10);
        Entry first = enter(halfOpen, 1, "first");
        Entry second = enter(halfOpen, 2, "second");

        assertThat(halfOpen.awaitPermit(first, Duration.ZERO)).isTrue();
        assertThat(halfOpen.awaitPermit(second, Duration.ZERO)).isFalse();
        halfOpen.leave(first);
        halfOpen.leave(first);

        assertThat(halfOpen.awaitPermit(second, Duration.ZERO)).isTrue();
    }

    @Test
    void theNextPermitGoesToTheAddressWithTheFewest() throws InterruptedException {
        HalfOpenConnections halfOpen = new HalfOpenConnections(2, 10, 10);
        Entry greedy1 = enter(halfOpen, 1, "greedy 1");
        Entry greedy2 = enter(halfOpen, 1, "greedy 2");
        Entry greedy3 = enter(halfOpen, 1, "greedy 3");
        Entry modest = enter(halfOpen, 2, "modest");
        assertThat(halfOpen.awaitPermit(greedy1, Duration.ZERO)).isTrue();
        assertThat(halfOpen.awaitPermit(modest, Duration.ZERO)).isTrue();
        Entry modestToo = enter(halfOpen, 3, "modest too");

        halfOpen.leave(modest);

        assertThat(halfOpen.awaitPermit(greedy2, Duration.ZERO)).isFalse();
        assertThat(halfOpen.awaitPermit(greedy3, Duration.ZERO)).isFalse();
        assertThat(halfOpen.awaitPermit(modestToo, Duration.ZERO)).isTrue();
    }

    @Test
    void whoWaitsGetsThePermitThatBecomesFree() throws Exception {
        HalfOpenConnections halfOpen = new HalfOpenConnections(1, 10, 10);
        Entry first = enter(halfOpen, 1, "first");
        Entry second = enter(halfOpen, 2, "second");
        assertThat(halfOpen.awaitPermit(first, LONG)).isTrue();

        CompletableFuture<Boolean> waiting = awaitElsewhere(halfOpen, second);
        halfOpen.leave(first);

        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whoIsDroppedWaitsNoLonger() throws Exception {
        HalfOpenConnections halfOpen = new HalfOpenConnections(1, 10, 10);
        Entry first = enter(halfOpen, 1, "first");
        Entry second = enter(halfOpen, 2, "second");
        assertThat(halfOpen.awaitPermit(first, LONG)).isTrue();

        CompletableFuture<Boolean> waiting = awaitElsewhere(halfOpen, second);
        halfOpen.leave(second);

        assertThat(waiting.get()).isFalse();
    }

    private static CompletableFuture<Boolean> awaitElsewhere(HalfOpenConnections halfOpen, Entry entry) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(halfOpen.awaitPermit(entry, LONG));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
