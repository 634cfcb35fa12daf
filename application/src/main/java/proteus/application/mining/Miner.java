package proteus.application.mining;

import proteus.application.port.MiningControl.MinerActivity;

/** What composes and guesses for a node. Safe for use by many threads. */
public interface Miner extends AutoCloseable {

    /** Begins, after the delay that its network has. Called once. */
    void start();

    /** Tells it something; returns at once. Nothing that was told is told in vain, and of the same things the last counts. */
    void tell(MinerOrder order);

    /** What it does now. */
    MinerActivity activity();

    /** Stops it, and waits a little until its threads are gone. */
    @Override
    void close();
}
