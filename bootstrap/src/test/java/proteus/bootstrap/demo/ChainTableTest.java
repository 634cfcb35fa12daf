package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

@SpeaksLegacy
final class ChainTableTest {

    private static final Digest ONE = new Digest(1, 0, 0, 0, 0);
    private static final Digest TWO = new Digest(2, 0, 0, 0, 0);

    @Test
    void aLineSaysHowFarANodeIsAndHowLongBlocksTook() {
        Propagation propagation = new Propagation();
        propagation.mined(Role.P1);
        propagation.adopted(Role.P1, ONE, 1_000_000);
        propagation.adopted(Role.P2, ONE, 6_500_000);
        propagation.adopted(Role.P1, TWO, 10_000_000);
        propagation.adopted(Role.P2, TWO, 12_000_000);
        DemoStates states = DemoStates.complete();
        for (Role role : Role.values()) {
            states.at(
                    role,
                    new DemoState.Chain(new BlockHeight(7), ONE, propagation.minedBy(role), propagation.delay(role)));
        }

        assertThat(new ChainTable(states.state()).lines())
                .containsExactly(
                        "NODE  HEIGHT TIP            MINED  OTHERS' BLOCKS CAME AFTER    AT MOST",
                        "P1         7 010000000000…      1                          -          -",
                        "P2         7 010000000000…      0                     5.5 ms     5.5 ms",
                        "P3         7 010000000000…      0                          -          -",
                        "P4         7 010000000000…      0                          -          -",
                        "P5         7 010000000000…      0                          -          -");
    }

    @Test
    void aDemoIsCompleteWhenAllHaveTheSameTip() {
        DemoState.Chain ahead = new DemoState.Chain(new BlockHeight(1), ONE, 1, Optional.empty());
        DemoState apart = DemoStates.complete().at(Role.P2, ahead).state();

        assertThat(DemoStates.complete().state().isComplete()).isTrue();
        assertThat(apart.isComplete()).isFalse();
        assertThat(new DemoTable(apart).summary()).isEqualTo("The nodes have not all the same tip yet.");
    }

    @Test
    void theMedianIsOfTheLastBlocks() {
        Propagation propagation = new Propagation();
        for (int i = 1; i <= 150; i++) {
            Digest block = new Digest(i, 0, 0, 0, 0);
            propagation.adopted(Role.P1, block, 0);
            propagation.adopted(Role.P2, block, i);
        }

        assertThat(propagation.delay(Role.P2))
                .contains(new Propagation.Delay(Duration.ofNanos(101), Duration.ofNanos(150)));
        assertThat(propagation.delay(Role.P1)).isEmpty();
    }
}
