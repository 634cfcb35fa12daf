package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Block;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

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
        Block block = new BlockComposer(REGTEST)
                .compose(chain.tip(), chain.content(List.of(), List.of(), 100))
                .orElseThrow();

        assertThat(Guesser.guess(block, Digest.ZERO, 0)).isEmpty();
        assertThat(Guesser.guess(block, Digest.ZERO, 3)).isEmpty();
        assertThat(Guesser.guess(block, Digest.ZERO, 1_000_000))
                .isPresent()
                .isEqualTo(Guesser.guess(block, Digest.ZERO, 1_000_000));
    }

    @Test
    void aBlockThatNeedsNoWorkIsGivenItAllTheSame() {
        TestChain chain = TestChain.of(MOCK);
        Block block = new BlockComposer(MOCK)
                .compose(chain.tip(), chain.content(List.of(), List.of(), LATE))
                .orElseThrow();

        Block guessed = Guesser.guess(block, Digest.ZERO, 1_000_000).orElseThrow();

        assertThat(Guesser.guess(block, Digest.ZERO, 1)).isEmpty();
        assertThat(ParentBlock.of(guessed).digest())
                .isLessThanOrEqualTo(block.kernel().header().difficulty().target());
    }

    @Test
    void onRegtestTheNonceServesTheBlockAndItsAnnouncement() {
        TestChain chain = TestChain.of(REGTEST);
        BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());
        for (long later : new long[] {100, 1, 1, 400, 2_000}) {
            ParentBlock parent = chain.tip();
            HashedBlock block = HashedBlock.of(chain.grow(List.of(), List.of(), later));

            assertThat(validation.judge(parent, block, new Timestamp(1L << 50))).isEqualTo(new BlockVerdict.Valid());
            assertThat(new HeaderValidation(REGTEST).firstBroken(parent.header(), block.headerWithWitness()))
                    .isEmpty();
            assertThat(block.digest())
                    .isLessThanOrEqualTo(block.header().difficulty().target());
        }
    }
}
