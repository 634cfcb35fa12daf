package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerStanding.Punishment;

/** Whatever is done to it, and however often it is closed and opened, the store is what its in-memory twin is. */
final class PeerStorePropertyTest {

    private static final int STEPS = 400;
    private static final int FEW = 8;
    private static final int PEERS = 20;

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theStoreIsWhatItsTwinIs(long seed) throws StoreException {
        RandomGenerator random = new SplittableRandom(seed);
        Path dir = temp.resolve("peers");
        PeerStore twin = new InMemoryPeerStore(FEW, FEW, FEW);
        PeerStore store = RocksDbPeerStore.open(dir, new Bounds(FEW, FEW, FEW, FEW, FEW));
        try {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(50) == 0) {
                    store.close();
                    store = RocksDbPeerStore.open(dir, new Bounds(FEW, FEW, FEW, FEW, FEW));
                }
                Step drawn = Step.drawn(random, step);
                drawn.applyTo(store);
                drawn.applyTo(twin);

                String where = drawn + ", step " + step + " of seed " + seed;
                assertThat(store.standings()).as(where).isEqualTo(twin.standings());
                assertThat(store.bans()).as(where).isEqualTo(twin.bans());
                assertThat(store.addressBook()).as(where).isEqualTo(twin.addressBook());
            }
        } finally {
            store.close();
        }
    }

    /** One change. Times differ between steps, since the port leaves open which of two equals makes room. */
    private record Step(int kind, IpAddress ip, int score, Instant time) {

        private static Step drawn(RandomGenerator random, int step) {
            IpAddress ip = new IpAddress.V4(random.nextInt(PEERS));
            Instant time = Instant.ofEpochSecond(random.nextInt(1000), step);
            return new Step(random.nextInt(40), ip, random.nextInt(-5, 6), time);
        }

        private void applyTo(PeerStore store) throws StoreException {
            PeerAddress address = new PeerAddress(ip, 9798);
            switch (kind) {
                case 0 -> store.clearStandings();
                case 1 -> store.removeBans();
                case 2, 3, 4 -> store.clearStanding(ip);
                case 5, 6, 7 -> store.removeBan(ip);
                case 8, 9, 10 -> store.removeAddress(address);
                case 11, 12, 13, 14, 15, 16, 17, 18, 19 -> store.putBan(ip, time);
                case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 ->
                    store.putAddress(new AddressBookEntry(address, Carrier.LEGACY_TCP, time, time, 0));
                default -> store.putStanding(ip, standing());
            }
        }

        private PeerStanding standing() {
            Punishment punishment = new Punishment(new NegativePeerSanction.InvalidMessage(), time);
            return new PeerStanding(score, Optional.of(punishment), Optional.empty(), 5);
        }
    }
}
