package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;

class BlockComposerTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final Network REGTEST = new Network.RegTest();
    private static final long LATE = 1_176_000;

    private final SplittableRandom random = new SplittableRandom(6);

    @Test
    void whereProofsAreRealNothingCanBeComposed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockComposer(new Network.Main()));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockComposer(new Network.Testnet(3)));
    }

    @Test
    void anInputThatIsSpentAlreadyGivesNoBlock() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(TestChain.secrets(random, 2), List.of(), LATE);
        TestChain.Owned output = chain.owned().getFirst();
        BlockContent spending = chain.content(List.of(), List.of(output), LATE);
        chain.grow(List.of(), List.of(output), LATE);

        assertThat(new BlockComposer(MOCK).compose(chain.tip(), spending)).isEmpty();
    }

    @Test
    void oneOutputIsNotSpentTwiceInABlock() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(TestChain.secrets(random, 2), List.of(), LATE);
        TestChain.Owned output = chain.owned().getFirst();

        assertThat(new BlockComposer(MOCK)
                        .compose(chain.tip(), chain.content(List.of(), List.of(output, output), LATE)))
                .isEmpty();
    }

    @Test
    void anInputThatIsNotShownGivesNoBlock() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(TestChain.secrets(random, 1), List.of(), LATE);
        BlockContent shown = chain.content(List.of(), chain.owned(), LATE);
        BlockContent hidden = new BlockContent(
                shown.inputs(),
                shown.outputs(),
                List.of(),
                shown.fee(),
                shown.coinbase(),
                shown.timestamp(),
                shown.guesser());

        assertThat(new BlockComposer(MOCK).compose(chain.tip(), shown)).isPresent();
        assertThat(new BlockComposer(MOCK).compose(chain.tip(), hidden)).isEmpty();
    }

    @Test
    void moreOldCoinsThanThereAreGiveNoBlock() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(List.of(TestChain.Secret.of(random, NativeCurrencyAmount.ofCoins(3_559_297))), List.of(), LATE);

        assertThat(new BlockComposer(MOCK).compose(chain.tip(), chain.content(List.of(), chain.owned(), LATE)))
                .isEmpty();
    }

    @Test
    void theGuesserStopsAfterSoManyTries() {
        TestChain chain = TestChain.of(REGTEST);
        BlockHeader parent = chain.tip().header();
        Block block = new BlockComposer(REGTEST)
                .compose(chain.tip(), chain.content(List.of(), List.of(), 100))
                .orElseThrow();

        assertThat(Guesser.guess(REGTEST, parent, block, Digest.ZERO, 0)).isEmpty();
        assertThat(Guesser.guess(REGTEST, parent, block, Digest.ZERO, 3)).isEmpty();
        assertThat(Guesser.guess(REGTEST, parent, block, Digest.ZERO, 1_000_000))
                .isPresent()
                .isEqualTo(Guesser.guess(REGTEST, parent, block, Digest.ZERO, 1_000_000));
    }

    @Test
    void aBlockThatNeedsNoWorkIsGuessedAtOnce() {
        TestChain chain = TestChain.of(MOCK);
        Block block = new BlockComposer(MOCK)
                .compose(chain.tip(), chain.content(List.of(), List.of(), LATE))
                .orElseThrow();

        assertThat(Guesser.guess(MOCK, chain.tip().header(), block, Digest.ZERO, 1))
                .isPresent();
    }

    @Test
    void onRegtestTheNonceServesTheBlockAndItsAnnouncement() {
        TestChain chain = TestChain.of(REGTEST);
        for (long later : new long[] {100, 1, 1, 400, 2_000}) {
            BlockHeader parent = chain.tip().header();
            Block block = chain.grow(List.of(), List.of(), later);
            BlockHeader header = block.kernel().header();

            assertThat(chain.tip().digest())
                    .isLessThanOrEqualTo(parent.difficulty().target());
            assertThat(chain.tip().digest())
                    .isLessThanOrEqualTo(header.difficulty().target());
        }
    }
}
