package proteus.bootstrap.demo;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import proteus.application.port.MiningControl.CannotMineException;
import proteus.bootstrap.assembly.RunningNode;

/** Lets the nodes of a demo mine, each a block when it is its turn. For one thread. */
final class MiningInTurn {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(MiningInTurn.class.getName());

    private final Propagation propagation;
    private int turn;
    private @Nullable Thread mining;

    MiningInTurn(Propagation propagation) {
        this.propagation = propagation;
    }

    /** A node and the role that it plays. */
    record Miner(Role role, RunningNode node) {}

    /** Lets the next one of {@code miners} mine a block, unless one still does. Does not wait for it. */
    void next(List<Miner> miners) {
        Thread before = mining;
        if (before != null && before.isAlive()) {
            return;
        }
        Miner miner = miners.get(turn++ % miners.size());
        mining = Thread.ofVirtual().name("demo-mines").start(() -> mine(miner));
    }

    private void mine(Miner miner) {
        try {
            var _ = miner.node().node().mining().mine();
            propagation.mined(miner.role());
        } catch (CannotMineException failure) {
            LOG.log(Level.WARNING, "{0} could not mine: {1}", miner.role(), failure.getMessage());
        } catch (InterruptedException stopping) {
            LOG.log(Level.DEBUG, "the demo ends");
        }
    }

    /** Lets nobody begin a block any more, and waits a little for the one that is being mined. */
    void stop() throws InterruptedException {
        Thread last = mining;
        if (last != null && !last.join(PATIENCE)) {
            last.interrupt();
        }
    }
}
