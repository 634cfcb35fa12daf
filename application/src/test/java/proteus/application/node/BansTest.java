package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.StoreException;
import proteus.domain.peer.BanList;

final class BansTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final InMemoryPeerStore store = new InMemoryPeerStore();
    private final Bans bans = new Bans(Set.of(Places.ip(1)), store, clock);

    @Test
    void bansOfTheCommandLineHoldBeforeAnythingIsLoadedAndAreNotStored() throws Exception {
        assertThat(bans.isBanned(Places.ip(1))).isTrue();
        bans.load();
        assertThat(bans.isBanned(Places.ip(1))).isTrue();
        bans.remove(Places.ip(1));
        bans.removeAll();

        assertThat(bans.isBanned(Places.ip(1))).isTrue();
        assertThat(store.bans()).isEmpty();
    }

    @Test
    void aBanIsStoredWithItsTimeAndHoldsForTwoDays() throws Exception {
        bans.add(Places.ip(2));
        assertThat(store.bans()).containsEntry(Places.ip(2), clock.instant());

        clock.advance(BanList.BLACKLIST_TIME.minusNanos(1));
        assertThat(bans.isBanned(Places.ip(2))).isTrue();
        assertThat(bans.count()).isEqualTo(2);
        clock.advance(Duration.ofNanos(1));
        assertThat(bans.isBanned(Places.ip(2))).isFalse();
        assertThat(bans.count()).isEqualTo(1);
    }

    @Test
    void storedBansAreLoadedAndThoseThatAreOverAreForgotten() throws Exception {
        store.putBan(Places.ip(2), clock.instant());
        store.putBan(Places.ip(3), clock.instant().minus(BanList.BLACKLIST_TIME));
        assertThat(bans.isBanned(Places.ip(2))).isFalse();

        bans.load();

        assertThat(bans.isBanned(Places.ip(2))).isTrue();
        assertThat(store.bans()).containsOnlyKeys(Places.ip(2));
    }

    @Test
    void removingOneLeavesTheOthers() throws Exception {
        bans.add(Places.ip(2));
        bans.add(Places.ip(3));
        bans.remove(Places.ip(2));

        assertThat(bans.isBanned(Places.ip(2))).isFalse();
        assertThat(bans.isBanned(Places.ip(3))).isTrue();
        assertThat(store.bans()).containsOnlyKeys(Places.ip(3));
        bans.removeAll();
        assertThat(bans.isBanned(Places.ip(3))).isFalse();
        assertThat(store.bans()).isEmpty();
    }

    @Test
    void anIpThatIsBannedTwiceCountsOnce() throws Exception {
        bans.add(Places.ip(1));

        assertThat(bans.count()).isEqualTo(1);
    }

    @Test
    void aBanThatCannotBeStoredIsNone() {
        Bans failing = new Bans(Set.of(), FailingStore.over(store, new AtomicBoolean(true)), clock);

        assertThatThrownBy(() -> failing.add(Places.ip(2))).isInstanceOf(StoreException.class);
        assertThat(failing.isBanned(Places.ip(2))).isFalse();
    }
}
