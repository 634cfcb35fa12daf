package proteus.application.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartSearchTest {

    @ParameterizedTest
    @MethodSource("seeds")
    void theHighestStoredBlockIsFoundWithFewLooks(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        long target = 1 + random.nextLong(1L << random.nextInt(1, 40));
        long own = random.nextLong(2 * target);
        long stored = someHeight(random, own, target);

        StartSearch search = new StartSearch(own, target);
        int looks = 0;
        while (!search.isOver()) {
            assertThat(search.probe()).isBetween(1L, target);
            search.found(search.probe() <= stored);
            looks++;
            assertThat(looks).isLessThanOrEqualTo(4 + 2 * Long.SIZE - 2 * Long.numberOfLeadingZeros(target));
        }

        assertThat(search.highestStored()).isEqualTo(stored);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static long someHeight(RandomGenerator random, long own, long target) {
        return switch (random.nextInt(4)) {
            case 0 -> Math.min(own, target);
            case 1 -> 0;
            case 2 -> target;
            default -> random.nextLong(target + 1);
        };
    }

    @Test
    void anEmptyNodeLooksOnce() {
        StartSearch search = new StartSearch(0, 50_000);
        assertThat(search.probe()).isEqualTo(1);

        search.found(false);

        assertThat(search.isOver()).isTrue();
        assertThat(search.highestStored()).isZero();
    }

    @Test
    void aNodeWhoseTipIsOfTheChainLooksTwice() {
        StartSearch search = new StartSearch(700, 50_000);

        search.found(true);
        assertThat(search.probe()).isEqualTo(701);
        search.found(false);

        assertThat(search.isOver()).isTrue();
        assertThat(search.highestStored()).isEqualTo(700);
    }
}
