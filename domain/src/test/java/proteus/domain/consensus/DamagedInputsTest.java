package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Block;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.ChunkDictionary.Entry;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/** A good block whose packed inputs are damaged at random: often they still unpack, and then a later rule finds it. */
class DamagedInputsTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final Timestamp NOW = new Timestamp(1L << 50);
    private static final long LATE = 1_176_000;
    private static final int DAMAGES = 400;

    private final SplittableRandom random = new SplittableRandom(11);
    private final TestChain chain = chain();
    private final ParentBlock parent = chain.tip();
    private final Block block =
            chain.mined(chain.content(List.of(), chain.owned().subList(0, 4), LATE));
    private final List<RemovalRecord> packed =
            block.kernel().body().transactionKernel().inputs();

    private static TestChain chain() {
        TestChain chain = TestChain.of(MOCK);
        chain.grow(TestChain.secrets(new SplittableRandom(1), 20), List.of(), LATE);
        chain.grow(TestChain.secrets(new SplittableRandom(2), 600), List.of(), LATE);
        chain.grow(List.of(), chain.owned().subList(100, 150), LATE);
        return chain;
    }

    @Test
    void damagedInputsAreValidOnlyIfTheyMeanTheSame() {
        Set<RemovalRecord> meant = meaning(block).orElseThrow();
        Set<BlockRule> broken = EnumSet.noneOf(BlockRule.class);
        int unpacked = 0;
        for (int i = 0; i < DAMAGES; i++) {
            Block damaged = Blocks.with(block).inputs(damaged()).block();
            Optional<Set<RemovalRecord>> meaning = meaning(damaged);
            unpacked += meaning.isPresent() ? 1 : 0;

            // All parts judge it, also those that come after a broken rule.
            BlockVerdict verdict = BlockValidation.verdict(new BlockValidation(MOCK, KnownClaims.none())
                    .checks(parent, HashedBlock.of(damaged), NOW).all().stream()
                            .map(BlockCheck::judge)
                            .toList());

            if (verdict instanceof BlockVerdict.Invalid(var rule)) {
                broken.add(rule);
            } else {
                assertThat(verdict).isEqualTo(new BlockVerdict.Valid());
                assertThat(meaning).contains(meant);
            }
        }
        assertThat(unpacked).isBetween(DAMAGES / 4, DAMAGES * 7 / 8);
        assertThat(broken)
                .contains(
                        BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE,
                        BlockRule.REMOVAL_RECORDS_UNIQUENESS,
                        BlockRule.REMOVAL_RECORDS_VALIDITY,
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY);
    }

    private static Optional<Set<RemovalRecord>> meaning(Block block) {
        return BlockCandidate.of(MOCK, block).inputs().map(HashSet::new);
    }

    private List<RemovalRecord> damaged() {
        List<RemovalRecord> records = new ArrayList<>(packed);
        int at = random.nextInt(records.size());
        switch (random.nextInt(7)) {
            case 0 -> records.remove(at);
            case 1 -> records.add(without(records.get(at)));
            case 2 -> Collections.swap(records, at, random.nextInt(records.size()));
            case 3 -> records.set(at, shifted(records.get(at)));
            default -> {
                List<Entry> entries =
                        new ArrayList<>(records.getFirst().targetChunks().entries());
                damage(entries);
                records.set(0, new RemovalRecord(records.getFirst().absoluteIndices(), new ChunkDictionary(entries)));
            }
        }
        return records;
    }

    private void damage(List<Entry> entries) {
        int at = random.nextInt(entries.size());
        Entry entry = entries.get(at);
        Entry other = entries.get(random.nextInt(entries.size()));
        List<Digest> path = new ArrayList<>(entry.membershipProof().authenticationPath());
        switch (random.nextInt(6)) {
            case 0 -> entries.remove(at);
            case 1 -> entries.add(at, entry);
            case 2 -> entries.set(at, new Entry(key(random), entry.membershipProof(), entry.chunk()));
            case 3 -> entries.set(at, new Entry(entry.key(), entry.membershipProof(), other.chunk()));
            case 4 -> {
                path.add(Elements.digest(random));
                entries.set(at, new Entry(entry.key(), new MmrMembershipProof(path), entry.chunk()));
            }
            default -> {
                path.replaceAll(_ -> Elements.digest(random));
                entries.set(at, new Entry(entry.key(), new MmrMembershipProof(path), entry.chunk()));
            }
        }
    }

    private static long key(RandomGenerator random) {
        return random.nextBoolean() ? -1 : random.nextInt(130);
    }

    private static RemovalRecord without(RemovalRecord record) {
        return new RemovalRecord(record.absoluteIndices(), ChunkDictionary.empty());
    }

    /** With one index elsewhere in the same chunk, mostly, so that as many chunks are touched. */
    private RemovalRecord shifted(RemovalRecord record) {
        AbsoluteIndexSet old = record.absoluteIndices();
        int[] distances = old.distances().toArray();
        distances[random.nextInt(distances.length)] ^= 1;
        return new RemovalRecord(
                new AbsoluteIndexSet(old.minimumHigh(), old.minimumLow(), U32Sequence.owning(distances)),
                record.targetChunks());
    }
}
