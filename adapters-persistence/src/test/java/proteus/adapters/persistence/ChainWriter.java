package proteus.adapters.persistence;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.chain.ChainState.Losers;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.network.Network;

/**
 * Opens a chain and makes it grow and reorganise until it is killed, saying each new tip when it is stored.
 *
 * <p>Arguments: the store's directory and a seed. Lines: {@code opening}, {@code open}, then height and digest of tips.
 */
final class ChainWriter {

    static final Network NETWORK = new Network.TestnetMock();

    /** A time after every block that a test makes. */
    static final Instant NOW = Instant.ofEpochMilli(ComposedChain.after(1_000_000));

    private static final int DEEPEST = 8;

    private ChainWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        say("opening");
        try (PlatformWorkPool pool = new PlatformWorkPool("writer-", 2, 2);
                RocksDbChainStore store = RocksDbChainStore.open(Path.of(arguments[0]));
                ChainState chain = ChainState.open(
                        NETWORK, store, new BlockValidation(NETWORK, KnownClaims.none()), pool, () -> NOW)) {
            say("open");
            write(chain, new SplittableRandom(Long.parseLong(arguments[1])));
        } catch (StoreException failure) {
            say(failure.reason() + " " + failure.getMessage());
            // Without closing anything.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void write(ChainState chain, RandomGenerator random) throws StoreException, InterruptedException {
        while (true) {
            int depth = random.nextInt(3) == 0 ? random.nextInt(DEEPEST) : 0;
            List<Block> branch = branch(chain.snapshot(), depth, random);
            BranchOutcome outcome = chain.submit(branch, Losers.KEEP);
            if (!(outcome instanceof BranchOutcome.Adopted)) {
                throw new IllegalStateException("not adopted: " + outcome);
            }
            say(chain.snapshot().height() + " " + chain.tip().digest());
        }
    }

    /** Blocks that are better than the tip and leave {@code depth} blocks aside, as far as there are so many. */
    private static List<Block> branch(ChainSnapshot chain, int depth, RandomGenerator random) throws StoreException {
        long height = Math.max(0, chain.height().value() - depth);
        StoredBlock parent =
                StoredBlock.of(chain.blockAt(new BlockHeight(height)).orElseThrow());
        int who = random.nextInt(1_000_000);
        List<Block> branch = new ArrayList<>();
        for (int i = 0; i <= depth; i++) {
            parent = ComposedChain.next(NETWORK, parent, ComposedChain.LATE, who);
            branch.add(parent.block());
        }
        return branch;
    }

    private static void say(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }
}
