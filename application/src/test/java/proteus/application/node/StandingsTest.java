package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerStanding;

@Timeout(60)
final class StandingsTest {

    private static final IpAddress IP = Places.ip(2);
    private static final PeerStanding NEUTRAL = PeerStanding.neutral(1000);

    private final ManualScheduler clock = new ManualScheduler();
    private final InMemoryPeerStore store = new InMemoryPeerStore();
    private final Standings standings = new Standings(store, clock, 1000);

    private PeerStanding punished(PeerStanding before, NegativePeerSanction sanction) {
        return before.after(sanction, clock.instant());
    }

    private PeerStanding low() {
        return punished(NEUTRAL, new NegativePeerSanction.RequestForGenesisBlock());
    }

    private PeerStanding slightlyLow() {
        return punished(NEUTRAL, new NegativePeerSanction.InvalidMessage());
    }

    @Test
    void aPeerThatNothingIsKnownOfStartsAtZero() {
        assertThat(standings.initial(IP)).isEqualTo(NEUTRAL);
        assertThat(standings.stored(IP)).isEmpty();
    }

    @Test
    void whatIsStoredIsWhatTheNextSessionBeginsWith() {
        standings.save(IP, NEUTRAL, () -> low());

        assertThat(standings.initial(IP)).isEqualTo(low());
    }

    @Test
    void aSessionThatChangedNothingStoresNothing() throws Exception {
        standings.save(IP, NEUTRAL, () -> NEUTRAL);

        assertThat(store.standings()).isEmpty();
    }

    @Test
    void ofTwoSessionsOfOneIpTheLowerStandingIsKeptWhicheverEndsLast() {
        standings.save(IP, NEUTRAL, () -> low());
        standings.save(IP, NEUTRAL, () -> slightlyLow());
        assertThat(standings.initial(IP)).isEqualTo(low());

        IpAddress other = Places.ip(3);
        standings.save(other, NEUTRAL, () -> slightlyLow());
        standings.save(other, NEUTRAL, () -> low());
        assertThat(standings.initial(other)).isEqualTo(low());
    }

    @Test
    void aSessionMayRaiseWhatItBeganWith() {
        standings.save(IP, NEUTRAL, () -> low());
        standings.save(IP, low(), () -> NEUTRAL);

        assertThat(standings.initial(IP)).isEqualTo(NEUTRAL);
    }

    @Test
    void standingsAreComparedAsTheyAreNow() {
        standings.save(IP, NEUTRAL, () -> low());
        clock.advance(Duration.ofDays(30));
        PeerStanding fresh = punished(NEUTRAL, new NegativePeerSanction.RequestForUnknownBlock());

        standings.save(IP, NEUTRAL, () -> fresh);

        assertThat(standings.initial(IP)).isEqualTo(fresh);
    }

    @Test
    void aStoreThatFailsCostsTheMemoryAndNotTheNode() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Standings failing = new Standings(FailingStore.over(store, broken), clock, 1000);

        failing.save(IP, NEUTRAL, () -> low());
        assertThat(failing.initial(IP)).isEqualTo(NEUTRAL);
        assertThat(failing.stored(IP)).isEqualTo(Optional.empty());
        assertThatThrownBy(failing::all).isInstanceOf(StoreException.class);
        assertThatThrownBy(failing::clearAll).isInstanceOf(StoreException.class);
    }

    /** While one session has looked at the store and not stored yet, another one ends with a bad standing. */
    @Test
    void aSiblingThatEndsAtTheSameTimeDoesNotWipeOutABan() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PeerStore slow = SlowStore.over(store, new AtomicInteger(1), looked, goOn);
        Standings shared = new Standings(slow, clock, 1000);
        PeerStanding bad = NEUTRAL.afterOperatorBan();

        Thread clean = Thread.ofVirtual().start(() -> shared.save(IP, NEUTRAL, () -> slightlyLow()));
        looked.await();
        Thread banned = Thread.ofVirtual().start(() -> shared.save(IP, NEUTRAL, () -> bad));
        Await.until(
                "the second to be done or to wait",
                () -> List.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TERMINATED)
                        .contains(banned.getState()));
        goOn.countDown();
        clean.join();
        banned.join();

        assertThat(store.standing(IP)).contains(bad);
    }
}
