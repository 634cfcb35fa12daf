package proteus.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.Difficulty;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.consensus.BlockComposer;
import proteus.domain.consensus.BlockContent;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.ArchivalMmr;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.network.Network;
import proteus.domain.sync.ShownChain.Pair;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Each way in which an answer to a challenge can be wrong. */
class ShownChainTest {

    private static final Network NETWORK = new Network.TestnetMock();
    private static final int TIP = 24;
    private static final long LATE = 1_176_000;
    private static final List<HashedBlock> CHAIN = chain();
    private static final List<BlockHeight> HEIGHTS =
            Stream.of(2, 4, 4, 9, 11, 15, 18, 20, 22, 23).map(BlockHeight::new).toList();
    private static final ClaimedTip CLAIMED =
            new ClaimedTip(CHAIN.getLast().digest(), CHAIN.getLast().header().cumulativeProofOfWork(), HEIGHTS);
    private static final ShownChain GOOD = good();

    private static List<HashedBlock> chain() {
        List<HashedBlock> chain =
                new ArrayList<>(List.of(HashedBlock.of(Genesis.of(NETWORK).block())));
        for (int i = 0; i < TIP; i++) {
            HashedBlock parent = chain.getLast();
            BlockContent content = new BlockContent(
                    List.of(),
                    List.of(),
                    List.of(),
                    NativeCurrencyAmount.ofCoins(3),
                    Optional.of(NativeCurrencyAmount.ofCoins(64)),
                    parent.header().timestamp().plus(LATE),
                    new GuesserReceiverData(Digest.ZERO, Digest.ZERO));
            chain.add(HashedBlock.of(new BlockComposer(NETWORK)
                    .compose(ParentBlock.of(parent), content)
                    .orElseThrow()));
        }
        return chain;
    }

    private static ShownChain good() {
        ArchivalMmr blocks = ArchivalMmr.EMPTY;
        for (HashedBlock block : CHAIN) {
            blocks = blocks.append(block.digest());
        }
        ArchivalMmr all = blocks;
        List<Pair> pairs = HEIGHTS.stream()
                .map(height -> new Pair(at(height.value() - 1), at(height.value())))
                .toList();
        List<MmrMembershipProof> paths = HEIGHTS.stream()
                .map(height -> all.path(height.value(), TIP + 1).orElseThrow())
                .toList();
        List<BlockHeaderWithBlockHashWitness> witnesses = Stream.iterate(TIP, height -> height - 1)
                .limit(10)
                .map(height -> at(height).headerWithWitness())
                .toList();
        return new ShownChain(NETWORK, pairs, paths, at(TIP - 1), at(TIP), witnesses);
    }

    private static HashedBlock at(long height) {
        return CHAIN.get((int) height);
    }

    @Test
    void whatAnHonestNodeShowsPassesAll() {
        assertThat(GOOD.answers(CLAIMED)).isTrue();
        assertThat(GOOD.isOneChain()).isTrue();
        assertThat(GOOD.hasPlausibleWork(true)).isTrue();
        assertThat(GOOD.hasPlausibleWork(false)).isTrue();
        assertThat(GOOD.anchor().orElseThrow().leafCount()).isEqualTo(TIP + 1);
    }

    /** An answer, or a claim, of which one thing is not as it should be. */
    record Wrong(String what, ClaimedTip claimed, ShownChain shown) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> answersToOtherQuestions() {
        ProofOfWork other = ProofOfWork.of(BigInteger.ONE);
        HashedBlock genesis = at(0);
        List<BlockHeight> reversed = HEIGHTS.reversed();
        List<BlockHeaderWithBlockHashWitness> broken = new ArrayList<>(GOOD.witnesses());
        Collections.swap(broken, 4, 5);
        return Stream.of(
                new Wrong(
                        "the tip's hash", new ClaimedTip(Digest.ZERO, CLAIMED.cumulativeProofOfWork(), HEIGHTS), GOOD),
                new Wrong("the work", new ClaimedTip(CLAIMED.digest(), other, HEIGHTS), GOOD),
                new Wrong(
                        "the order of heights",
                        new ClaimedTip(CLAIMED.digest(), CLAIMED.cumulativeProofOfWork(), reversed),
                        GOOD),
                new Wrong("a height", CLAIMED, withPair(3, new Pair(at(9), at(10)))),
                new Wrong("the tip", CLAIMED, with(at(TIP - 2), at(TIP - 1), GOOD.witnesses())),
                new Wrong("the tip is genesis", CLAIMED, with(at(TIP - 1), genesis, GOOD.witnesses())),
                new Wrong("the tip's parent is genesis", CLAIMED, with(genesis, at(TIP), GOOD.witnesses())),
                new Wrong(
                        "the first header",
                        CLAIMED,
                        with(at(TIP - 1), at(TIP), GOOD.witnesses().reversed())),
                new Wrong("a later header", CLAIMED, with(at(TIP - 1), at(TIP), broken)),
                new Wrong("the tip's work", CLAIMED, with(recentParent(), at(TIP), GOOD.witnesses())));
    }

    /** A parent that is so young that the tip would need work. */
    private static HashedBlock recentParent() {
        return changed(
                at(TIP - 1),
                old -> new BlockHeader(
                        old.version(),
                        old.height(),
                        old.prevBlockDigest(),
                        at(TIP).header().timestamp(),
                        old.pow(),
                        old.cumulativeProofOfWork(),
                        Difficulty.of(BigInteger.ONE.shiftLeft(100)),
                        old.guesserReceiverData()));
    }

    @ParameterizedTest
    @MethodSource("answersToOtherQuestions")
    void anAnswerToAnotherQuestionIsNone(Wrong wrong) {
        assertThat(wrong.shown().answers(wrong.claimed())).isFalse();
    }

    @Test
    void blocksOfAnotherChainAreFound() {
        List<MmrMembershipProof> swapped = new ArrayList<>(GOOD.paths());
        Collections.swap(swapped, 0, 9);

        assertThat(new ShownChain(NETWORK, GOOD.pairs(), swapped, GOOD.tipParent(), GOOD.tip(), GOOD.witnesses())
                        .isOneChain())
                .isFalse();
        assertThat(withPair(0, new Pair(at(0), at(1))).isOneChain()).isFalse();
        assertThat(withPair(0, new Pair(at(0), at(2))).isOneChain())
                .as("genesis")
                .isFalse();
        assertThat(with(at(TIP - 3), at(TIP - 2), GOOD.witnesses()).isOneChain())
                .as("a tip below them")
                .isFalse();
    }

    @Test
    void aTipWhoseRangeIsOfAnotherLengthIsNone() {
        HashedBlock higher = changed(at(TIP), old -> at(old, old.height().next(), old.cumulativeProofOfWork()));

        assertThat(with(at(TIP - 1), higher, GOOD.witnesses()).isOneChain()).isFalse();
    }

    @Test
    void workThatGrowsFasterThanItCanIsNotBelieved() {
        BigInteger much = BigInteger.ONE.shiftLeft(60);
        Pair high = new Pair(worth(at(10), much), at(11));

        assertThat(withPair(4, high).hasPlausibleWork(true)).isFalse();
        assertThat(with(worth(at(TIP - 1), much), at(TIP), GOOD.witnesses()).hasPlausibleWork(true))
                .isFalse();
    }

    @Test
    void workThatShrinksIsNotBelieved() {
        Pair low = new Pair(worth(at(10), BigInteger.ONE), at(11));

        assertThat(withPair(4, low).hasPlausibleWork(true)).isFalse();
        assertThat(with(at(TIP - 1), worth(at(TIP), BigInteger.ONE), GOOD.witnesses())
                        .hasPlausibleWork(true))
                .isFalse();
    }

    @Test
    void workThatNoShownBlockIsWorthIsBelievedByAnEmptyNodeAlone() {
        BigInteger more =
                at(TIP).header().cumulativeProofOfWork().toBigInteger().multiply(BigInteger.TEN);
        ShownChain shown = with(at(TIP - 1), worth(at(TIP), more), GOOD.witnesses());

        assertThat(shown.hasPlausibleWork(true)).isTrue();
        assertThat(shown.hasPlausibleWork(false)).isFalse();
    }

    @Test
    void theChallengedBlocksTogetherMustBeWorthMoreThanOneOfOurs() {
        BigInteger sum = GOOD.pairs().stream()
                .map(pair -> pair.child().header().difficulty().toBigInteger())
                .reduce(BigInteger.ZERO, BigInteger::add);

        assertThat(GOOD.outweighs(Difficulty.of(sum.subtract(BigInteger.ONE)))).isTrue();
        assertThat(GOOD.outweighs(Difficulty.of(sum))).isFalse();
    }

    private static ShownChain withPair(int number, Pair pair) {
        List<Pair> pairs = new ArrayList<>(GOOD.pairs());
        pairs.set(number, pair);
        return new ShownChain(NETWORK, pairs, GOOD.paths(), GOOD.tipParent(), GOOD.tip(), GOOD.witnesses());
    }

    private static ShownChain with(
            HashedBlock tipParent, HashedBlock tip, List<BlockHeaderWithBlockHashWitness> witnesses) {
        return new ShownChain(NETWORK, GOOD.pairs(), GOOD.paths(), tipParent, tip, witnesses);
    }

    private static HashedBlock worth(HashedBlock block, BigInteger work) {
        return changed(block, old -> at(old, old.height(), ProofOfWork.of(work)));
    }

    private static BlockHeader at(BlockHeader old, BlockHeight height, ProofOfWork work) {
        return new BlockHeader(
                old.version(),
                height,
                old.prevBlockDigest(),
                old.timestamp(),
                old.pow(),
                work,
                old.difficulty(),
                old.guesserReceiverData());
    }

    private static HashedBlock changed(HashedBlock block, UnaryOperator<BlockHeader> change) {
        BlockKernel kernel = block.block().kernel();
        return HashedBlock.of(new Block(
                new BlockKernel(change.apply(kernel.header()), kernel.body(), kernel.appendix()),
                block.block().proof()));
    }
}
