package proteus.application.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.consensus.BlockComposer;
import proteus.domain.consensus.BlockContent;
import proteus.domain.consensus.DifficultyControl;
import proteus.domain.consensus.Guesser;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * A chain of blocks without inputs or outputs, on a network with mock proofs. Two chains of one network that grow by the
 * same steps are the same.
 */
public final class ComposedChain {

    /** So late after its parent that a block of the mock testnet needs no work: free to make by the thousand. */
    public static final long LATE = 1_176_000;

    private static final long MANY_TRIES = 10_000_000;

    private final Network network;
    private final List<StoredBlock> blocks;

    private ComposedChain(Network network, List<StoredBlock> blocks) {
        this.network = network;
        this.blocks = new ArrayList<>(blocks);
    }

    /** The chain with genesis alone. */
    public static ComposedChain of(Network network) {
        return new ComposedChain(
                network, List.of(StoredBlock.of(Genesis.of(network).block())));
    }

    /** A chain that goes on from this one's block of {@code height}, in its own way. */
    public ComposedChain forkAt(int height) {
        return new ComposedChain(network, blocks.subList(0, height + 1));
    }

    /** Appends so many blocks, each late; {@code who} guesses them, and makes them differ from those of others. */
    public ComposedChain grow(int count, int who) {
        for (int i = 0; i < count; i++) {
            append(LATE, who);
        }
        return this;
    }

    /** Appends the next block, {@code later} milliseconds after the tip, and gives it. */
    public StoredBlock append(long later, int who) {
        blocks.add(next(network, tip(), later, who));
        return tip();
    }

    /** Appends a block that takes too much for itself; all else of it is good, and so is what stands on it. */
    public StoredBlock appendGreedy(int who) {
        BlockContent content = content(tip(), LATE, who, 6400);
        blocks.add(StoredBlock.of(
                new BlockComposer(network).compose(tip().asParent(), content).orElseThrow()));
        return tip();
    }

    /** The block that {@code who} finds on top of {@code parent}, {@code later} milliseconds after it. */
    public static StoredBlock next(Network network, StoredBlock parent, long later, int who) {
        BlockContent content = content(parent, later, who, 64);
        Block block =
                new BlockComposer(network).compose(parent.asParent(), content).orElseThrow();
        boolean isFree = DifficultyControl.resets(NetworkParameters.of(network), parent.header(), content.timestamp());
        return StoredBlock.of(
                isFree ? block : Guesser.guess(block, Digest.ZERO, MANY_TRIES).orElseThrow());
    }

    private static BlockContent content(StoredBlock parent, long later, int who, int coinbase) {
        return new BlockContent(
                List.of(),
                List.of(),
                List.of(),
                NativeCurrencyAmount.ofCoins(3),
                Optional.of(NativeCurrencyAmount.ofCoins(coinbase)),
                parent.header().timestamp().plus(later),
                new GuesserReceiverData(new Digest(who, 0, 0, 0, 1), new Digest(who, 0, 0, 0, 2)));
    }

    /** The last block. */
    public StoredBlock tip() {
        return blocks.getLast();
    }

    /** Genesis first. */
    public List<StoredBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** The blocks of these heights. */
    public List<StoredBlock> blocks(int from, int to) {
        return List.copyOf(blocks.subList(from, to + 1));
    }

    /** The digests of the blocks of these heights. */
    public List<Digest> digests(int from, int to) {
        return blocks(from, to).stream().map(StoredBlock::digest).toList();
    }

    /** The blocks of these heights as they come from elsewhere. */
    public List<Block> plain(int from, int to) {
        return blocks(from, to).stream().map(StoredBlock::block).toList();
    }

    /** The height of the tip. */
    public int height() {
        return blocks.size() - 1;
    }

    /** A time at which every block of a chain of {@code height} late blocks is of the past, in milliseconds. */
    public static long after(int height) {
        return NetworkParameters.LAUNCH + (height + 1) * LATE;
    }
}
