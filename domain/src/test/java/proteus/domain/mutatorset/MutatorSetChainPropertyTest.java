package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.Items.Owned;
import proteus.domain.mutatorset.RemovalRecordList.Unpacking;

/** Random chains of blocks, step by step and from scratch. */
class MutatorSetChainPropertyTest {

    private static final int BLOCKS = 12;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stepByStepIsAsFromScratch(long seed) {
        Seeds.check(seed, random -> {
            NaiveMutatorSet naive = new NaiveMutatorSet();
            MutatorSetAccumulator accumulator = MutatorSetAccumulator.EMPTY;
            List<Owned> owned = new ArrayList<>();
            List<Owned> spent = new ArrayList<>();
            int inactiveChunks = 0;
            for (int block = 0; block < BLOCKS; block++) {
                Collections.shuffle(owned, Random.from(random));
                List<Owned> removed = new ArrayList<>(owned.subList(0, random.nextInt(owned.size() / 3 + 1)));
                inactiveChunks += chunksOf(removed);
                List<Secrets> added = Stream.generate(() -> Secrets.of(random))
                        .limit(random.nextInt(120))
                        .toList();
                MutatorSetUpdate update = new MutatorSetUpdate(
                        Items.removals(removed),
                        added.stream().map(Secrets::addition).toList());

                // Alone, and together with all proofs and records that must follow.
                MutatorSetAccumulator after = update.applyTo(accumulator).orElseThrow();
                EvolvingMutatorSet set = EvolvingMutatorSet.of(accumulator).orElseThrow();
                learn(set, owned);
                learn(set, spent);
                for (Secrets secrets : added) {
                    owned.add(new Owned(secrets.item(), set.add(secrets.item(), secrets.sender(), secrets.receiver())));
                    naive.add(secrets.addition());
                }
                assertThat(set.canRemoveAll(update.removals())).isTrue();
                set.remove(update.removals());
                update.removals().forEach(removal -> naive.remove(removal.absoluteIndices()));
                owned.removeAll(removed);
                spent.addAll(removed);
                owned.replaceAll(item -> item.updated(set));
                spent.replaceAll(item -> item.updated(set));

                assertThat(after).isEqualTo(naive.accumulator());
                assertThat(set.accumulator()).isEqualTo(after);
                assertThat(after.isConsistent()).isTrue();
                accumulator = after;
                checkProofs(random, naive, accumulator, owned, true);
                checkProofs(random, naive, accumulator, spent, false);
                checkPacking(random, accumulator, owned);
            }
            assertThat(inactiveChunks)
                    .as("removals that reach the inactive part")
                    .isPositive();
        });
    }

    private static int chunksOf(List<Owned> owned) {
        return owned.stream()
                .mapToInt(item -> item.proof().targetChunks().entries().size())
                .sum();
    }

    private static void learn(EvolvingMutatorSet set, List<Owned> owned) {
        for (Owned item : owned) {
            assertThat(set.learn(item.item(), item.proof())).isTrue();
            assertThat(set.updated(item.removal())).isEqualTo(item.removal());
        }
    }

    private static void checkProofs(
            RandomGenerator random,
            NaiveMutatorSet naive,
            MutatorSetAccumulator accumulator,
            List<Owned> owned,
            boolean isIn) {
        for (Owned item : some(random, owned)) {
            assertThat(item.proof().authPathAocl())
                    .isEqualTo(naive.aoclPath(item.proof().aoclLeafIndex()));
            assertThat(item.proof().targetChunks())
                    .isEqualTo(naive.dictionary(item.removal().absoluteIndices()));
            assertThat(accumulator.validates(item.removal())).isTrue();
            assertThat(naive.canRemove(item.removal().absoluteIndices())).isEqualTo(isIn);
            assertThat(accumulator.canRemove(item.removal())).isEqualTo(isIn);
            assertThat(accumulator.verify(item.item(), item.proof())).isEqualTo(isIn);
            assertThat(new MutatorSetUpdate(List.of(item.removal()), List.of())
                            .applyTo(accumulator)
                            .isPresent())
                    .isEqualTo(isIn);
            AoclRange range = item.removal().absoluteIndices().aoclRange().orElseThrow();
            assertThat(item.proof().aoclLeafIndex()).isBetween(range.lower(), range.upper());
        }
    }

    private static void checkPacking(RandomGenerator random, MutatorSetAccumulator accumulator, List<Owned> owned) {
        List<RemovalRecord> records = Items.removals(some(random, owned));
        for (ChunkPacking packing : ChunkPacking.values()) {
            List<RemovalRecord> packed =
                    RemovalRecordList.pack(records, accumulator.aocl().leafCount(), packing);

            assertThat(RemovalRecordList.tryUnpack(packed, packing)).isEqualTo(new Unpacking.Unpacked(records));
        }
    }

    private static List<Owned> some(RandomGenerator random, List<Owned> owned) {
        List<Owned> shuffled = new ArrayList<>(owned);
        Collections.shuffle(shuffled, Random.from(random));
        return shuffled.subList(0, Math.min(shuffled.size(), random.nextInt(6)));
    }

    private record Secrets(Digest item, Digest sender, Digest receiver) {

        static Secrets of(RandomGenerator random) {
            return new Secrets(Elements.digest(random), Elements.digest(random), Elements.digest(random));
        }

        AdditionRecord addition() {
            return AdditionRecord.commit(item, sender, AdditionRecord.receiverDigest(receiver));
        }
    }
}
