package proteus.application.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import proteus.application.contract.ManualScheduler;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;

class PeerLoadTest {

    private static final Instant START = ManualScheduler.START;

    private final PeerLoad load = new PeerLoad(
            new SyncPeer() {
                @Override
                public BlockHeight shown() {
                    return new BlockHeight(100);
                }

                @Override
                public void send(PeerMessage message) {}

                @Override
                public void punish(NegativePeerSanction sanction) {}
            },
            100,
            PeerLoad.REQUESTS_PER_MINUTE);

    @Test
    void aBlockThatNobodyAskedForDoesNotBreakTheSilence() {
        load.gave(7);
        load.ask(8, START);
        for (int second = 0; second < 10; second += 4) {
            load.gave(7);
        }

        assertThat(load.takePunishment(START.plus(PeerLoad.SILENCE))).isTrue();
    }

    @Test
    void aLateBlockCountsOnce() {
        load.ask(8, START);
        Instant late = START.plus(PeerLoad.PATIENCE);
        assertThat(load.expire(late)).containsExactly(8L);
        load.gave(8);
        assertThat(load.isSuspect()).isFalse();

        load.ask(9, late);
        load.gave(8);

        assertThat(load.takePunishment(late.plus(PeerLoad.SILENCE))).isTrue();
    }

    @Test
    void aRefusalReleasesTheOldestRequestAndOnlySeveralMakeThePeerRest() {
        for (long height = 1; height <= 4; height++) {
            load.ask(height, START);
        }

        assertThat(load.declined(START)).containsExactly(1L);
        assertThat(load.declined(START)).containsExactly(2L);
        assertThat(load.mayHedge(START)).isTrue();
        assertThat(load.declined(START)).containsExactly(3L);
        assertThat(load.mayHedge(START)).isFalse();
        assertThat(load.all()).containsExactly(4L);
        assertThat(load.declined(START)).containsExactly(4L);
        assertThat(load.declined(START)).isEmpty();
    }
}
