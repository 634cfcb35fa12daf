package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.ChunkDictionary.Entry;
import proteus.domain.mutatorset.RemovalRecordList.Unpacking;

class RemovalRecordListTest {

    private static final Digest DIGEST = new Digest(1, 2, 3, 4, 5);

    /** Inactive chunks, in trees of 64, 16, 4 and 2; so the packed form has more chunks than trees. */
    private static final int CHUNKS = 86;

    private static final long ITEMS = 8L * CHUNKS + 1;

    private static final List<RemovalRecord> RECORDS = records();
    private static final List<RemovalRecord> PACKED = RemovalRecordList.pack(RECORDS, ITEMS, ChunkPacking.LONG);

    @Test
    void theFirstRecordHasTheTreesAndTheChunks() {
        List<Entry> entries = PACKED.getFirst().targetChunks().entries();
        List<Long> keys = entries.stream().map(Entry::key).toList();

        assertThat(keys).startsWith(1L, 2L, 4L, 6L, -1L).endsWith(-1L);
        assertThat(entries.subList(4, entries.size()))
                .allMatch(entry -> entry.membershipProof().authenticationPath().isEmpty());
        assertThat(PACKED.subList(1, PACKED.size()))
                .allMatch(record -> record.targetChunks().entries().isEmpty());
        assertThat(PACKED.stream().map(RemovalRecord::absoluteIndices).toList())
                .isEqualTo(RECORDS.stream().map(RemovalRecord::absoluteIndices).toList());
        assertThat(RemovalRecordList.tryUnpack(PACKED, ChunkPacking.LONG)).isEqualTo(new Unpacking.Unpacked(RECORDS));
    }

    @Test
    void treesWithoutChunksComeFirst() {
        RemovalRecord record = inWindow();

        List<RemovalRecord> alone = RemovalRecordList.pack(List.of(record), ITEMS, ChunkPacking.LONG);

        assertThat(alone.getFirst().targetChunks().entries().stream().map(Entry::key))
                .containsExactly(65L, 66L, 68L, 70L);
        assertThat(RemovalRecordList.tryUnpack(alone, ChunkPacking.LONG))
                .isEqualTo(new Unpacking.Unpacked(List.of(record)));
    }

    @Test
    void noRecordsAreNoRecords() {
        assertThat(RemovalRecordList.pack(List.of(), ITEMS, ChunkPacking.LONG)).isEmpty();
        assertThat(RemovalRecordList.tryUnpack(List.of(), ChunkPacking.LONG))
                .isEqualTo(new Unpacking.Unpacked(List.of()));
    }

    @Test
    void theDictionaryMayBeSpreadOverTheRecords() {
        List<Entry> entries = PACKED.getFirst().targetChunks().entries();
        List<RemovalRecord> spread = new ArrayList<>(PACKED);
        spread.set(0, with(PACKED.getFirst(), entries.subList(0, 3)));
        spread.set(2, with(PACKED.get(2), entries.subList(3, entries.size())));

        assertThat(RemovalRecordList.tryUnpack(spread, ChunkPacking.LONG)).isEqualTo(new Unpacking.Unpacked(RECORDS));
    }

    @Test
    void whatAnEntryDoesNotMeanIsIgnored() {
        List<RemovalRecord> alone = RemovalRecordList.pack(List.of(inWindow()), ITEMS, ChunkPacking.LONG);
        Chunk garbage = new Chunk(U32Sequence.of(-1, -1));

        assertThat(failure(change(alone, 0, entry -> new Entry(entry.key(), entry.membershipProof(), garbage))))
                .isEqualTo("none");
        assertThat(failure(change(PACKED, 7, entry -> new Entry(-1, path(DIGEST), entry.chunk()))))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(longs = {128, 129, -2, Long.MIN_VALUE, Long.MAX_VALUE})
    void otherKeysMeanNothing(long key) {
        assertThat(failure(change(PACKED, 1, entry -> new Entry(key, entry.membershipProof(), entry.chunk()))))
                .isEqualTo("ILLEGAL_TREE_HEIGHT");
    }

    @Test
    void treesAscend() {
        assertThat(failure(changeKey(1, 0))).isEqualTo("INCORRECTLY_SORTED_TREE_HEIGHTS");
        assertThat(failure(changeKey(1, 64))).isEqualTo("INCORRECTLY_SORTED_TREE_HEIGHTS");
        assertThat(failure(changeKey(1, 1))).isEqualTo("DUPLICATE_TREE_HEIGHTS");
        assertThat(failure(changeKey(1, 65))).isEqualTo("DUPLICATE_TREE_HEIGHTS");
    }

    @Test
    void chunksAreWellPacked() {
        for (int index : List.of(0, 7)) {
            assertThat(failure(change(
                            PACKED,
                            index,
                            entry -> new Entry(entry.key(), entry.membershipProof(), new Chunk(U32Sequence.of(-1))))))
                    .isEqualTo("INNER_DECODING_FAILURE");
        }
    }

    @Test
    void indicesHaveAtMost76Bits() {
        List<RemovalRecord> far = new ArrayList<>(PACKED);
        far.add(record(1 << 12, 0));
        assertThat(failure(far)).isEqualTo("ABSOLUTE_INDEX_TOO_BIG");
        far.set(far.size() - 1, record((1 << 12) - 1, -1));
        assertThat(failure(far)).isEqualTo("none");
        int[] distances = new int[45];
        distances[1] = 1;
        far.set(
                far.size() - 1,
                new RemovalRecord(
                        new AbsoluteIndexSet((1 << 12) - 1, -1, U32Sequence.owning(distances)),
                        ChunkDictionary.empty()));
        assertThat(failure(far)).isEqualTo("ABSOLUTE_INDEX_TOO_BIG");
    }

    @Test
    void theNumberOfItemsFits64Bits() {
        // Its chunk is the first that is not inactive when there are 2^60.
        List<RemovalRecord> alone = RemovalRecordList.pack(List.of(record(1 << 8, 0)), 9, ChunkPacking.LONG);

        assertThat(failure(change(alone, 0, entry -> new Entry(64 + 60, path(), entry.chunk()))))
                .isEqualTo("none");
        assertThat(failure(change(alone, 0, entry -> new Entry(64 + 61, path(), entry.chunk()))))
                .isEqualTo("TOO_MANY_LEAFS");
        assertThat(failure(change(alone, 0, entry -> new Entry(64 + 63, path(), entry.chunk()))))
                .isEqualTo("TOO_MANY_LEAFS");
        // A chunk of that number, and no tree.
        RemovalRecord far = with(record(1 << 9, 0), List.of(new Entry(-1, path(), Chunk.empty())));
        assertThat(failure(List.of(far))).isEqualTo("TOO_MANY_LEAFS");
        RemovalRecord lessFar = with(record((1 << 9) - 1, -1), List.of(new Entry(-1, path(), Chunk.empty())));
        assertThat(failure(List.of(lessFar))).isEqualTo("INCONSISTENT_CHUNKS");
    }

    @Test
    void thereAreAsManyChunksAsTheIndicesTouch() {
        List<Entry> entries = PACKED.getFirst().targetChunks().entries();
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(-1, path(), Chunk.empty()));

        assertThat(failure(withDictionary(PACKED, entries.subList(0, entries.size() - 1))))
                .isEqualTo("INCONSISTENT_CHUNKS");
        assertThat(failure(withDictionary(PACKED, more))).isNotEqualTo("none");
        assertThat(failure(List.of(with(inWindow(), Collections.nCopies(50, more.getLast())))))
                .isEqualTo("INCONSISTENT_CHUNKS");
    }

    @Test
    void thereAreAsManyStructuresAsTrees() {
        // Chunk 5 and a tree of two leafs: there are six, in two trees.
        RemovalRecord record = with(record(0, 5 * 4096), List.of(new Entry(1, path(DIGEST), Chunk.empty())));

        assertThat(failure(List.of(record))).isEqualTo("INCONSISTENT_AUTHENTICATION_STRUCTURE_COUNT");
    }

    @Test
    void everyStructureHasTheNodesThatItsTreeNeeds() {
        for (int tree = 0; tree < 4; tree++) {
            assertThat(failure(change(PACKED, tree, entry -> {
                        List<Digest> structure =
                                new ArrayList<>(entry.membershipProof().authenticationPath());
                        structure.add(DIGEST);
                        return new Entry(entry.key(), new MmrMembershipProof(structure), entry.chunk());
                    })))
                    .isEqualTo("INCONSISTENT_AUTHENTICATION_STRUCTURE_LENGTH");
        }
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void whateverIsUnpackedCanBePackedOrIsRefused(long seed) {
        Seeds.check(seed, random -> {
            ChunkPacking packing = ChunkPacking.values()[random.nextInt(2)];
            List<RemovalRecord> garbage = random.nextBoolean() ? damaged(random) : garbage(random);

            // No other exception; and what there is has the index sets.
            switch (RemovalRecordList.tryUnpack(garbage, packing)) {
                case Unpacking.Unpacked(var unpacked) ->
                    assertThat(unpacked.stream().map(RemovalRecord::absoluteIndices))
                            .isEqualTo(garbage.stream()
                                    .map(RemovalRecord::absoluteIndices)
                                    .toList());
                case Unpacking.Failed(var error) -> assertThat(error).isNotNull();
            }
            garbage.forEach(record -> assertThat(MutatorSetAccumulator.EMPTY.canRemove(record))
                    .isEqualTo(record.targetChunks().entries().isEmpty()
                            && record.absoluteIndices().hasChunkNumbers()
                            && isBelow(256, record.absoluteIndices().chunkNumbers())));
        });
    }

    @Test
    void recordsThatDisagreeAreNotPacked() {
        RemovalRecord record = RECORDS.getFirst();
        List<Entry> entries = new ArrayList<>(record.targetChunks().entries());
        entries.set(
                0,
                new Entry(
                        entries.getFirst().key(),
                        entries.getFirst().membershipProof(),
                        entries.getFirst().chunk().with(new int[] {5})));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RemovalRecordList.pack(List.of(record, with(record, entries)), ITEMS, ChunkPacking.LONG));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemovalRecordList.pack(RECORDS, ITEMS + 16, ChunkPacking.LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> RemovalRecordList.pack(RECORDS, 9, ChunkPacking.LONG));
    }

    private static boolean isBelow(long limit, long[] numbers) {
        return Arrays.stream(numbers).allMatch(number -> Long.compareUnsigned(number, limit) < 0);
    }

    private List<RemovalRecord> damaged(RandomGenerator random) {
        List<Entry> entries = new ArrayList<>(PACKED.getFirst().targetChunks().entries());
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(entries.size());
            Entry entry = entries.get(at);
            switch (random.nextInt(5)) {
                case 0 -> entries.remove(at);
                case 1 -> entries.add(at, entry);
                case 2 -> entries.set(at, new Entry(key(random), entry.membershipProof(), entry.chunk()));
                case 3 -> entries.set(at, new Entry(entry.key(), randomPath(random), entry.chunk()));
                default -> entries.set(at, new Entry(entry.key(), entry.membershipProof(), randomChunk(random)));
            }
        }
        return withDictionary(PACKED, entries);
    }

    private static List<RemovalRecord> garbage(RandomGenerator random) {
        List<RemovalRecord> garbage = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Entry> entries = new ArrayList<>();
            for (int j = random.nextInt(6); j > 0; j--) {
                entries.add(new Entry(key(random), randomPath(random), randomChunk(random)));
            }
            int[] distances = random.ints(45, 0, 1 << random.nextInt(1, 22)).toArray();
            garbage.add(new RemovalRecord(
                    new AbsoluteIndexSet(
                            random.nextBoolean() ? 0 : random.nextLong(1 << 13),
                            random.nextBoolean() ? random.nextLong(1 << 24) : Elements.word(random),
                            U32Sequence.of(distances)),
                    new ChunkDictionary(entries)));
        }
        return garbage;
    }

    private static long key(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> -1;
            case 1 -> Elements.word(random);
            default -> random.nextInt(130);
        };
    }

    private static MmrMembershipProof randomPath(RandomGenerator random) {
        return new MmrMembershipProof(
                Elements.digests(random).limit(random.nextInt(4)).toList());
    }

    private static Chunk randomChunk(RandomGenerator random) {
        return ChunkPacking.SHORT.pack(
                new Chunk(U32Sequence.of(random.ints(random.nextInt(5), 0, 4096).toArray())));
    }

    private static List<RemovalRecord> records() {
        SplittableRandom random = new SplittableRandom(3);
        EvolvingMutatorSet set = Items.emptySet();
        List<Items.Owned> owned = Items.add(random, (int) ITEMS, set);
        for (Items.Owned item : owned) {
            set.learn(item.item(), item.proof());
        }
        set.remove(Items.removals(owned.subList(100, 200)));
        // Old ones from the whole range, some of them with chunks in common.
        return owned.stream().limit(8).map(item -> set.updated(item.removal())).toList();
    }

    private static RemovalRecord inWindow() {
        return record(0, CHUNKS * 4096L + 17);
    }

    private static RemovalRecord record(long high, long low) {
        return new RemovalRecord(
                new AbsoluteIndexSet(high, low, U32Sequence.owning(new int[45])), ChunkDictionary.empty());
    }

    private static RemovalRecord with(RemovalRecord record, List<Entry> entries) {
        return new RemovalRecord(record.absoluteIndices(), new ChunkDictionary(entries));
    }

    private static List<RemovalRecord> withDictionary(List<RemovalRecord> list, List<Entry> entries) {
        List<RemovalRecord> changed = new ArrayList<>(list);
        changed.set(0, with(list.getFirst(), entries));
        return changed;
    }

    private static List<RemovalRecord> change(List<RemovalRecord> list, int index, UnaryOperator<Entry> change) {
        List<Entry> entries = new ArrayList<>(list.getFirst().targetChunks().entries());
        entries.set(index, change.apply(entries.get(index)));
        return withDictionary(list, entries);
    }

    private List<RemovalRecord> changeKey(int index, long key) {
        return change(PACKED, index, entry -> new Entry(key, entry.membershipProof(), entry.chunk()));
    }

    private static MmrMembershipProof path(Digest... digests) {
        return new MmrMembershipProof(List.of(digests));
    }

    private static String failure(List<RemovalRecord> list) {
        return switch (RemovalRecordList.tryUnpack(list, ChunkPacking.LONG)) {
            case Unpacking.Unpacked unpacked -> "none";
            case Unpacking.Failed(var error) -> error.name();
        };
    }
}
