package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransparentInput;
import proteus.domain.transaction.Utxo;

/** Protocol page "consensus", section 6: the lustrated amount. */
class LustratedAmountTest {

    private static final NativeCurrencyAmount MAX = NativeCurrencyAmount.MAX;
    private static final NativeCurrencyAmount MINUS_ONE = new NativeCurrencyAmount(-1, -1);
    private static final Announcement OTHER = new Announcement(BFieldElements.of(1, 2, 3));

    private final SplittableRandom random = new SplittableRandom(8);

    @Test
    void withoutOldInputsNothingIsLustrated() {
        TransparentInput young = input(10_000_000, coins(5));

        assertThat(of(List.of(), List.of(OTHER), 100)).isEqualTo(known(NativeCurrencyAmount.ZERO));
        assertThat(of(List.of(young), List.of(), 100)).isEqualTo(known(NativeCurrencyAmount.ZERO));
        assertThat(of(List.of(young), List.of(young.toAnnouncement()), 100))
                .isEqualTo(known(NativeCurrencyAmount.ZERO));
    }

    @Test
    void shownOldInputsAreSummed() {
        TransparentInput five = input(3, coins(5));
        TransparentInput seven = input(100, Coin.timeLock(new Timestamp(1)), coins(3), coins(4));

        assertThat(of(
                        List.of(five, seven),
                        List.of(OTHER, seven.toAnnouncement(), five.toAnnouncement(), seven.toAnnouncement()),
                        100))
                .isEqualTo(known(NativeCurrencyAmount.ofCoins(12)));
    }

    @Test
    void whatMayBeOldButIsNotMustBeShownAndCountsOnlyUnderTheOldRule() {
        TransparentInput above = input(101, coins(5));

        assertThat(of(List.of(above), List.of(), 100)).isEqualTo(new LustratedAmount.Missing());
        assertThat(of(List.of(above), List.of(above.toAnnouncement()), 100))
                .isEqualTo(known(NativeCurrencyAmount.ZERO));
        assertThat(LustratedAmount.of(records(List.of(above)), List.of(above.toAnnouncement()), 100, true))
                .isEqualTo(known(NativeCurrencyAmount.ofCoins(5)));
    }

    @Test
    void anInputThatIsNotShownIsMissing() {
        TransparentInput one = input(3, coins(5));
        TransparentInput other = input(4, coins(5));

        assertThat(of(List.of(one, other), List.of(one.toAnnouncement()), 100))
                .isEqualTo(new LustratedAmount.Missing());
    }

    @Test
    void amountsThatDoNotAddUpAreUnknown() {
        TransparentInput max = input(3, Coin.nativeCurrency(MAX));
        TransparentInput one = input(4, Coin.nativeCurrency(new NativeCurrencyAmount(0, 1)));
        TransparentInput most = input(5, Coin.nativeCurrency(MAX), Coin.nativeCurrency(MAX));

        assertThat(of(List.of(max), shown(max), 100)).isEqualTo(known(MAX));
        assertThat(of(List.of(max, one), shown(max, one), 100)).isEqualTo(new LustratedAmount.Unknown());
        assertThat(of(List.of(most), shown(most), 100)).isEqualTo(new LustratedAmount.Unknown());
        assertThat(of(List.of(max, one, most), shown(max, one), 100)).isEqualTo(new LustratedAmount.Unknown());
    }

    @Test
    void onlyTheSumOfAnOutputHasToBeAnAmount() {
        TransparentInput back = input(
                3,
                Coin.nativeCurrency(MAX),
                Coin.nativeCurrency(new NativeCurrencyAmount(0, 1)),
                Coin.nativeCurrency(MINUS_ONE));
        TransparentInput unreadable = input(4, new Coin(Coin.NATIVE_CURRENCY, BFieldElements.of(1, 2)), coins(1));

        assertThat(of(List.of(back), shown(back), 100)).isEqualTo(known(MAX));
        assertThat(of(List.of(unreadable), shown(unreadable), 100)).isEqualTo(known(NativeCurrencyAmount.ofCoins(1)));
    }

    @Test
    void indicesThatNoOutputHasAreUnknown() {
        int[] distances = new int[45];
        distances[7] = 1 << 20;
        AbsoluteIndexSet wide = new AbsoluteIndexSet(0, 0, U32Sequence.owning(distances));
        AbsoluteIndexSet far = new AbsoluteIndexSet(-1, -1, U32Sequence.owning(new int[45]));

        for (AbsoluteIndexSet indices : List.of(wide, far)) {
            assertThat(LustratedAmount.of(
                            List.of(new RemovalRecord(indices, ChunkDictionary.empty())), List.of(), 100, false))
                    .isEqualTo(new LustratedAmount.Unknown());
        }
    }

    private static LustratedAmount of(List<TransparentInput> inputs, List<Announcement> announcements, long threshold) {
        return LustratedAmount.of(records(inputs), announcements, threshold, false);
    }

    private static List<RemovalRecord> records(List<TransparentInput> inputs) {
        return inputs.stream()
                .map(input -> new RemovalRecord(input.absoluteIndices(), ChunkDictionary.empty()))
                .toList();
    }

    private static List<Announcement> shown(TransparentInput... inputs) {
        return List.of(inputs).stream().map(TransparentInput::toAnnouncement).toList();
    }

    private TransparentInput input(long leafIndex, Coin... coins) {
        return new TransparentInput(
                new Utxo(Elements.digest(random), List.of(coins)),
                leafIndex,
                Elements.digest(random),
                Elements.digest(random));
    }

    private static Coin coins(int coins) {
        return Coin.nativeCurrency(NativeCurrencyAmount.ofCoins(coins));
    }

    private static LustratedAmount known(NativeCurrencyAmount amount) {
        return new LustratedAmount.Known(amount);
    }
}
