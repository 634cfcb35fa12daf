package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.domain.block.Block;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserFee;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.MsMembershipProof;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransparentInput;
import proteus.domain.transaction.Utxo;

/** A chain that grows by composed blocks, and whose outputs can all be spent. */
final class TestChain {

    private final Network network;
    private final EvolvingMutatorSet set;
    private final List<Step> steps = new ArrayList<>();
    private final List<Owned> owned = new ArrayList<>();
    private ParentBlock tip;

    private TestChain(Network network) {
        this.network = network;
        this.tip = ParentBlock.of(Genesis.of(network));
        this.set = EvolvingMutatorSet.of(tip.mutatorSetAfter().orElseThrow()).orElseThrow();
    }

    static TestChain of(Network network) {
        return new TestChain(network);
    }

    /** A chain with the first {@code height} blocks of this one. */
    TestChain forkAt(int height) {
        TestChain fork = new TestChain(network);
        steps.subList(0, height).forEach(fork::grow);
        return fork;
    }

    ParentBlock tip() {
        return tip;
    }

    List<Block> blocks() {
        return steps.stream().map(Step::block).toList();
    }

    /** The outputs that can be spent. */
    List<Owned> owned() {
        return List.copyOf(owned);
    }

    /** The record that spends {@code output} now. */
    RemovalRecord removal(Owned output) {
        Digest item = output.secret().utxo().hash();
        return set.updated(item, output.proof()).drop(item);
    }

    /** What shows {@code output} when it is spent. */
    static Announcement shown(Owned output) {
        Secret secret = output.secret();
        return new TransparentInput(
                        secret.utxo(),
                        output.proof().aoclLeafIndex(),
                        secret.senderRandomness(),
                        secret.receiverPreimage())
                .toAnnouncement();
    }

    /** What the next block holds that makes {@code outputs} and spends {@code inputs}, {@code later} after the tip. */
    BlockContent content(List<Secret> outputs, List<Owned> inputs, long later) {
        return new BlockContent(
                inputs.stream().map(this::removal).toList(),
                outputs.stream().map(Secret::addition).toList(),
                inputs.stream().map(TestChain::shown).toList(),
                NativeCurrencyAmount.ofCoins(3),
                Optional.of(NativeCurrencyAmount.ofCoins(128)),
                tip.header().timestamp().plus(later),
                new GuesserReceiverData(new Digest(1, 1, 1, 1, 1), new Digest(2, 2, 2, 2, 2)));
    }

    /** The next block with this content, with enough work. */
    Block mined(BlockContent content) {
        Block block = new BlockComposer(network).compose(tip, content).orElseThrow();
        return Guesser.guess(network, tip.header(), block, Digest.ZERO, 1_000_000)
                .orElseThrow();
    }

    /** Appends the next block. */
    Block grow(List<Secret> outputs, List<Owned> inputs, long later) {
        Block block = mined(content(outputs, inputs, later));
        grow(new Step(block, outputs, inputs));
        return block;
    }

    private void grow(Step step) {
        Block block = step.block();
        List<RemovalRecord> removals = step.inputs().stream().map(this::removal).toList();
        for (Secret secret : step.outputs()) {
            MsMembershipProof proof =
                    set.add(secret.utxo().hash(), secret.senderRandomness(), secret.receiverPreimage());
            owned.add(new Owned(secret, proof));
        }
        assertThat(set.canRemoveAll(removals)).isTrue();
        set.remove(removals);
        owned.removeIf(output ->
                step.inputs().stream().anyMatch(input -> input.secret().equals(output.secret())));
        tip = ParentBlock.of(block);
        GuesserFee.additionRecords(block, tip.digest()).orElseThrow().forEach(set::add);
        steps.add(step);
    }

    /** Some outputs of some coins. */
    static List<Secret> secrets(RandomGenerator random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Secret.of(random, NativeCurrencyAmount.ofCoins(random.nextInt(1, 50))))
                .toList();
    }

    /** What one has to know to spend an output. */
    record Secret(Utxo utxo, Digest senderRandomness, Digest receiverPreimage) {

        static Secret of(RandomGenerator random, NativeCurrencyAmount... amounts) {
            return new Secret(
                    new Utxo(
                            Elements.digest(random),
                            Stream.of(amounts).map(Coin::nativeCurrency).toList()),
                    Elements.digest(random),
                    Elements.digest(random));
        }

        AdditionRecord addition() {
            return AdditionRecord.commit(
                    utxo.hash(), senderRandomness, AdditionRecord.receiverDigest(receiverPreimage));
        }
    }

    /** An output in the set, with the proof that it had when it got there. */
    record Owned(Secret secret, MsMembershipProof proof) {}

    private record Step(Block block, List<Secret> outputs, List<Owned> inputs) {}
}
