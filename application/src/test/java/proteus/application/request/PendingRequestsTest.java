package proteus.application.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.Descriptions;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerId;

final class PendingRequestsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PendingRequests requests = new PendingRequests();
    private Instant now = START;

    private static PeerId peer(int number) {
        return PeerId.ofLegacy(Descriptions.loopback(1000 + number));
    }

    private static AnnouncedObject block(int number) {
        return new AnnouncedObject.Block(new Digest(number, 0, 0, 0, 0), new BlockHeight(number));
    }

    private boolean announced(int block, int peer, boolean inbound, boolean verified) {
        return requests.announced(block(block), new Announcer(peer(peer), inbound, verified), now);
    }

    private List<AnnouncedObject> due(int peer) {
        return requests.due(peer(peer), now).toRequest();
    }

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void announcersQueueOutboundFirstAndThenAsTheyCame() {
        assertThat(announced(1, 0, false, false)).isTrue();
        announced(1, 1, true, false);
        announced(1, 2, false, false);
        announced(1, 3, true, false);
        announced(1, 4, false, false);

        for (int next : new int[] {2, 4, 1, 3}) {
            later(PendingRequests.BLOCK_REQUEST_TIMEOUT);
            for (int peer = 0; peer < 5; peer++) {
                assertThat(due(peer)).as("peer " + peer).hasSize(peer == next ? 1 : 0);
            }
        }
    }

    @Test
    void atMostTwoAreAskedAtATimeForWhatExists() {
        for (int peer = 0; peer < 4; peer++) {
            announced(1, peer, false, true);
        }

        later(PendingRequests.HEDGE_DELAY);
        assertThat(due(1)).hasSize(1);
        later(PendingRequests.HEDGE_DELAY);
        assertThat(due(2)).isEmpty();
    }

    @Test
    void aProposalAndABlockAreDifferentThings() {
        AnnouncedObject proposal = new AnnouncedObject.BlockProposal(new Digest(1, 0, 0, 0, 0));

        assertThat(announced(1, 0, false, false)).isTrue();
        assertThat(requests.announced(proposal, new Announcer(peer(0), false, false), now))
                .isTrue();
    }

    @Test
    void aClockThatGoesBackMakesNothingDue() {
        announced(1, 0, true, false);
        now = now.minusSeconds(3600);

        assertThat(due(0)).isEmpty();
        later(Duration.ofSeconds(3602));
        assertThat(due(0)).hasSize(1);
    }

    /** Random announcements, answers, departures and time: nobody is asked beyond the limits, and all is let go of. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLimitsHold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Asked, Instant> asked = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int peer = random.nextInt(6);
            int block = random.nextInt(300);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    if (announced(block, peer, peer % 2 == 0, random.nextInt(4) == 0)) {
                        ask(asked, new Asked(peer, block(block)));
                    }
                }
                case 4 -> due(peer).forEach(object -> ask(asked, new Asked(peer, object)));
                case 5 -> {
                    requests.resolve(block(block));
                    asked.keySet().removeIf(one -> one.object.equals(block(block)));
                }
                case 6 -> {
                    if (random.nextInt(20) == 0) {
                        requests.forget(peer(peer));
                        asked.keySet().removeIf(one -> one.peer == peer);
                    }
                }
                default -> later(Duration.ofMillis(random.nextInt(600)));
            }
        }
        assertEmptyInTheEnd();
    }

    private record Asked(int peer, AnnouncedObject object) {}

    private void ask(Map<Asked, Instant> asked, Asked one) {
        asked.values().removeIf(since -> !now.isBefore(since.plus(PendingRequests.BLOCK_REQUEST_TIMEOUT)));
        assertThat(asked.put(one, now)).as("asked already: " + one).isNull();
        assertThat(asked.keySet().stream().filter(other -> other.peer == one.peer))
                .as("in flight to peer " + one.peer)
                .hasSizeLessThanOrEqualTo(PendingRequests.MAX_IN_FLIGHT_PER_PEER);
        assertThat(asked.keySet().stream().filter(other -> other.object.equals(one.object)))
                .as("in flight of " + one.object)
                .hasSizeLessThanOrEqualTo(PendingRequests.MAX_HEDGED_REQUESTS);
    }

    private void assertEmptyInTheEnd() {
        for (int block = 0; block < 300; block++) {
            requests.resolve(block(block));
        }
        for (int peer = 0; peer < 6; peer++) {
            assertThat(due(peer)).isEmpty();
        }
        // All loads are zero again: each peer can be involved in as much as at first.
        for (int peer = 0; peer < 6; peer++) {
            int taken = 0;
            for (int block = 0; block < 300; block++) {
                taken += announced(1000 * (peer + 1) + block, peer, false, false) ? 1 : 0;
            }
            assertThat(taken).isEqualTo(PendingRequests.MAX_IN_FLIGHT_PER_PEER);
        }
    }
}
