package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Difficulty;
import proteus.domain.field.BFieldElements;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/** A block costs no more than a look until it has shown work: nothing is unpacked before, and nothing is done twice. */
class JudgementOrderTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final Network REGTEST = new Network.RegTest();
    private static final Timestamp NOW = new Timestamp(2_000_000_000_000L);
    private static final long LATE = 1_176_000;

    private static final TestChain CHAIN = chain();
    private static final ParentBlock PARENT = CHAIN.tip();
    private static final BlockContent CONTENT =
            CHAIN.content(List.of(), List.of(CHAIN.owned().getFirst()), LATE);
    private static final Block BLOCK = CHAIN.mined(CONTENT);

    private final AtomicInteger unpackings = new AtomicInteger();

    private static TestChain chain() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(TestChain.secrets(new SplittableRandom(1), 9), List.of(), LATE);
        return chain;
    }

    @Test
    void aBlockWithoutWorkIsNotUnpackedHoweverMuchThereIs() {
        TestChain chain = TestChain.of(REGTEST);
        BlockContent content = chain.content(List.of(), List.of(), 600_000);
        Block guess = Blocks.with(
                        new BlockComposer(REGTEST).compose(chain.tip(), content).orElseThrow())
                .inputs(List.of(withEntries(300_000, -1)))
                .block();
        Difficulty difficulty = chain.tip().header().difficulty();
        for (long nonce = 0; ParentBlock.of(guess).digest().compareTo(difficulty.target()) <= 0; nonce++) {
            guess = Blocks.with(guess).pathA(0, 0, nonce).block();
        }

        BlockChecks checks =
                new BlockValidation(REGTEST, KnownClaims.none()).checks(chain.tip(), counting(REGTEST, guess), NOW);

        assertThat(checks.judge()).isEqualTo(new BlockVerdict.Invalid(BlockRule.PROOF_OF_WORK));
        assertThat(checks.judgeFirst()).isEqualTo(checks.judge());
        assertThat(unpackings).hasValue(0);
        // The rest, which nobody should ask then, would have unpacked it.
        assertThat(BlockChecks.firstBad(checks.rest()))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE));
        assertThat(unpackings).hasValue(1);
    }

    @Test
    void whatIsBadAtFirstSightIsNotUnpacked() {
        Blocks block = Blocks.with(BLOCK);
        Announcement huge = new Announcement(BFieldElements.owning(new long[1_000_000]));

        for (Blocks bad : List.of(
                block.header(old -> old.height(BlockHeight.GENESIS)),
                block.header(old -> old.difficulty(6_001)),
                block.header(old -> old.version(1)),
                block.announcement(huge),
                block.fee(new NativeCurrencyAmount(-1, -1)))) {
            assertThat(validation()
                            .checks(PARENT, counting(MOCK, bad.block()), NOW)
                            .judge())
                    .isInstanceOf(BlockVerdict.Invalid.class);
        }
        assertThat(validation()
                        .checks(PARENT, counting(MOCK, BLOCK), new Timestamp(0))
                        .judge())
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.FUTURE_DATING));
        assertThat(unpackings).hasValue(0);
    }

    @Test
    void theFirstPartsSayNothingOfTheInputs() {
        Block bad = Blocks.with(BLOCK).inputs(List.of(withEntries(1, 200))).block();

        BlockChecks checks = validation().checks(PARENT, counting(MOCK, bad), NOW);

        assertThat(checks.judgeFirst()).isEqualTo(new BlockVerdict.Valid());
        assertThat(unpackings).hasValue(0);
        assertThat(checks.judge()).isEqualTo(new BlockVerdict.Invalid(BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE));
        assertThat(unpackings).hasValue(1);
    }

    @Test
    void partsThatRunSideBySideUnpackOnce() {
        BlockChecks checks = validation().checks(PARENT, counting(MOCK, BLOCK), NOW);

        List<BlockVerdict> parts =
                checks.all().parallelStream().map(BlockCheck::judge).toList();

        assertThat(BlockValidation.verdict(parts)).isEqualTo(new BlockVerdict.Valid());
        assertThat(unpackings).hasValue(1);
    }

    @Test
    void theHashesAreThoseOfTheBlock() {
        HashedBlock hashed = HashedBlock.of(BLOCK);

        assertThat(hashed.digest()).isEqualTo(BlockHash.of(BLOCK));
        assertThat(hashed.bodyHash()).isEqualTo(BlockHash.ofBody(BLOCK.kernel().body()));
        assertThat(hashed.headerWithWitness().witness()).isEqualTo(BlockHash.witness(BLOCK));
        assertThat(hashed.digest()).isSameAs(hashed.digest());
        assertThat(ParentBlock.of(hashed)).isEqualTo(ParentBlock.of(BLOCK));
    }

    private static BlockValidation validation() {
        return new BlockValidation(MOCK, KnownClaims.none());
    }

    private BlockCandidate counting(Network network, Block block) {
        return new BlockCandidate(network, HashedBlock.of(block), (packed, packing) -> {
            unpackings.incrementAndGet();
            return RemovalRecordList.tryUnpack(packed, packing);
        });
    }

    private static RemovalRecord withEntries(int count, long key) {
        RemovalRecord input = CONTENT.inputs().getFirst();
        MmrMembershipProof path = new MmrMembershipProof(List.of());
        Chunk chunk = Chunk.empty();
        List<ChunkDictionary.Entry> entries = LongStream.range(0, count)
                .mapToObj(i -> new ChunkDictionary.Entry(key, path, chunk))
                .toList();
        return new RemovalRecord(input.absoluteIndices(), new ChunkDictionary(entries));
    }
}
