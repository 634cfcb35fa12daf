package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.Direction;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerKey;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** Which legacy address and which libp2p identity are one peer. */
final class CounterpartsTest {

    private static final Instant NOW = ManualScheduler.START;

    private final InMemoryMigrationStore store = new InMemoryMigrationStore();
    private final Counterparts counterparts = new Counterparts(store);

    private static IpAddress ip(int host) {
        return new IpAddress.V4(0x0800_0000 | host);
    }

    private static PeerAddress legacy(int host) {
        return new PeerAddress(ip(host), 9798);
    }

    private static PeerId id(int host) {
        return InMemoryPeerTransport.idOf(ip(host));
    }

    private static Counterpart reached(int host, Instant since) {
        return new Counterpart(
                legacy(host),
                Optional.of(new Counterpart.Reached(new PeerAddress(ip(host), 9801), Carrier.LIBP2P_TCP, id(host))),
                since);
    }

    private static Description over(Carrier carrier, IpAddress ip, PeerId id) {
        PeerAddress address = new PeerAddress(ip, 40_000);
        return new Description(carrier, Direction.INBOUND, address, id, Descriptions.handshake(7), NOW, NOW);
    }

    @Test
    void whatIsOlderThanAWeekIsForgotten() throws Exception {
        store.putCounterpart(reached(1, NOW.minus(Counterparts.EXPIRY).minusSeconds(1)));
        store.putCounterpart(reached(2, NOW.minus(Counterparts.EXPIRY).plusSeconds(1)));
        counterparts.load(NOW);

        assertThat(counterparts.all())
                .containsExactly(reached(2, NOW.minus(Counterparts.EXPIRY).plusSeconds(1)));
        assertThat(store.counterparts()).hasSize(1);
        assertThat(counterparts.all())
                .extracting(known -> known.libp2p().orElseThrow().peerId())
                .containsExactly(id(2));
    }

    @Test
    void aPeerIsRememberedByWhatItProved() {
        counterparts.put(reached(1, NOW));

        assertThat(counterparts.keyOf(Descriptions.of(Direction.OUTBOUND, legacy(1), 7)))
                .isEqualTo(new PeerKey.OfPeerId(id(1)));
        assertThat(counterparts.keyOf(Descriptions.of(Direction.OUTBOUND, legacy(2), 7)))
                .isEqualTo(new PeerKey.OfAddress(legacy(2)));
        assertThat(counterparts.keyOf(over(Carrier.LIBP2P_TCP, ip(3), id(3)))).isEqualTo(new PeerKey.OfPeerId(id(3)));
    }

    @Test
    void whereAPeerIsOnLegacyIsKnownAtItsIpAlone() {
        PeerAddress mapped = new PeerAddress(ip(1), 12_000);
        counterparts.put(new Counterpart(
                mapped,
                Optional.of(new Counterpart.Reached(new PeerAddress(ip(1), 9801), Carrier.LIBP2P_TCP, id(1))),
                NOW));

        assertThat(counterparts.legacyOf(over(Carrier.LIBP2P_TCP, ip(1), id(1))))
                .contains(mapped);
        assertThat(counterparts.legacyOf(over(Carrier.LIBP2P_TCP, ip(1), id(2))))
                .contains(legacy(1));
        assertThat(counterparts.legacyOf(over(Carrier.LIBP2P_TCP, ip(2), id(1))))
                .contains(legacy(2));
    }

    @Test
    void theOldestMakesRoom() {
        for (int host = 0; host <= MigrationStore.MAX_COUNTERPARTS; host++) {
            counterparts.put(reached(host, NOW.plus(Duration.ofSeconds(host))));
        }

        assertThat(counterparts.all()).hasSize(MigrationStore.MAX_COUNTERPARTS);
        assertThat(counterparts.of(legacy(0))).isEmpty();
        assertThat(counterparts.of(legacy(MigrationStore.MAX_COUNTERPARTS))).isPresent();
    }

    @Test
    void aStoreThatFailsCostsTheMemoryOverARestartAlone() {
        store.close();
        counterparts.put(reached(1, NOW));

        assertThat(counterparts.of(legacy(1))).isPresent();
    }
}
