package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserFee;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.mutatorset.RemovalRecordList.Unpacking;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/**
 * Chains with forks that are composed at random on testnet-mock, where late blocks need no work. All that a block carries
 * along from its parent is what comes out when it is computed from the first block on.
 */
class ChainPropertyTest {

    private static final Network NETWORK = new Network.TestnetMock();
    private static final Timestamp NOW = new Timestamp(1L << 50);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5})
    void stepByStepAndFromScratchAgree(long seed) {
        Seeds.check(seed, random -> {
            TestChain chain = TestChain.of(NETWORK);
            grow(chain, random, 10);
            int length = random.nextInt(1, 10);
            TestChain fork = chain.forkAt(length);
            assertThat(fork.tip()).isEqualTo(ParentBlock.of(chain.blocks().get(length - 1)));
            grow(fork, random, random.nextInt(1, 10 - length + 3));

            check(chain);
            check(fork);
            checkChoice(chain.tip().header(), fork.tip().header());
        });
    }

    private static void grow(TestChain chain, RandomGenerator random, int blocks) {
        for (int i = 0; i < blocks; i++) {
            List<TestChain.Owned> inputs = new ArrayList<>(chain.owned());
            inputs.removeIf(output -> random.nextInt(4) > 0);
            // Most blocks come so late that they need no work.
            long later = random.nextInt(5) == 0 ? random.nextLong(100, 800_000) : random.nextLong(1_176_000, 2_000_000);
            chain.grow(TestChain.secrets(random, random.nextInt(12)), inputs, later);
        }
    }

    private static void check(TestChain chain) {
        ParentBlock parent = ParentBlock.of(Genesis.of(NETWORK));
        List<Digest> digests = new ArrayList<>();
        List<Digest> commitments = new ArrayList<>();
        addAll(commitments, parent);
        MutatorSetAccumulator set = parent.mutatorSetAfter().orElseThrow();
        BigInteger work = BigInteger.ZERO;
        BigInteger minted = NativeCurrencyAmount.ofCoins(3_559_296).toUnits();
        for (Block block : chain.blocks()) {
            BlockHeader header = block.kernel().header();
            BlockBody body = block.kernel().body();
            digests.add(parent.digest());
            work = work.add(header.difficulty().toBigInteger());
            set = updated(block, set);

            assertThat(new BlockValidation(NETWORK, KnownClaims.none()).judge(parent, block, NOW))
                    .isEqualTo(new BlockVerdict.Valid());
            assertThat(body.blockMmrAccumulator()).isEqualTo(range(digests));
            assertThat(header.difficulty().toBigInteger()).isEqualTo(difficulty(parent.header(), header));
            assertThat(header.cumulativeProofOfWork().toBigInteger()).isEqualTo(work);
            parent = ParentBlock.of(block);
            addAll(commitments, parent);
            assertThat(set).isEqualTo(parent.mutatorSetAfter().orElseThrow());
            assertThat(set.aocl()).isEqualTo(range(commitments));
        }
        assertThat(LustrationStatus.of(parent.header().pow())
                        .orElseThrow()
                        .counter()
                        .toUnits())
                .isBetween(BigInteger.ZERO, minted);
        assertThat(parent).isEqualTo(chain.tip());
    }

    private static MutatorSetAccumulator updated(Block block, MutatorSetAccumulator before) {
        BlockBody body = block.kernel().body();
        Unpacking unpacking =
                RemovalRecordList.tryUnpack(body.transactionKernel().inputs(), ChunkPacking.LONG);
        List<AdditionRecord> guesser =
                GuesserFee.additionRecords(block, BlockHash.of(block)).orElseThrow();
        // The other order: all additions of the block first, then its removals.
        List<AdditionRecord> additions = Stream.concat(body.transactionKernel().outputs().stream(), guesser.stream())
                .toList();
        return new MutatorSetUpdate(((Unpacking.Unpacked) unpacking).records(), additions)
                .applyTo(before)
                .orElseThrow();
    }

    private static void addAll(List<Digest> commitments, ParentBlock block) {
        Stream.concat(
                        block.block().kernel().body().transactionKernel().outputs().stream(),
                        GuesserFee.additionRecords(block.block(), block.digest()).orElseThrow().stream())
                .map(AdditionRecord::canonicalCommitment)
                .forEach(commitments::add);
    }

    /** The range over {@code leafs}, tree by tree. */
    private static MmrAccumulator range(List<Digest> leafs) {
        List<Digest> peaks = new ArrayList<>();
        int start = 0;
        for (int size = Integer.highestOneBit(leafs.size()); size > 0; size /= 2) {
            if ((leafs.size() & size) != 0) {
                peaks.add(MerkleTree.of(leafs.subList(start, start + size)).root());
                start += size;
            }
        }
        return new MmrAccumulator(leafs.size(), peaks);
    }

    /** The rule in numbers of this network, whose blocks never come before their parents. */
    private static BigInteger difficulty(BlockHeader parent, BlockHeader header) {
        long elapsed = header.timestamp().millis() - parent.timestamp().millis();
        if (elapsed >= 1_176_000 || parent.height().isGenesis()) {
            return BigInteger.valueOf(6_000);
        }
        long error = Math.clamp((elapsed - 588_000) * 7_304, -(1L << 32), 4L << 32);
        long factor = (1L << 32) + Math.floorDiv(-error, 16);
        return parent.difficulty()
                .toBigInteger()
                .multiply(BigInteger.valueOf(factor))
                .shiftRight(32)
                .max(BigInteger.valueOf(6_000));
    }

    /** Whoever is seen first stays, unless the other is better; at most one of the two is better. */
    private static void checkChoice(BlockHeader one, BlockHeader other) {
        boolean better = ForkChoice.replaces(one, other);
        boolean worse = ForkChoice.replaces(other, one);
        boolean distinguishable = !one.height().equals(other.height())
                && !one.cumulativeProofOfWork().equals(other.cumulativeProofOfWork());

        assertThat(better && worse).isFalse();
        assertThat(better || worse).isEqualTo(distinguishable);
    }
}
