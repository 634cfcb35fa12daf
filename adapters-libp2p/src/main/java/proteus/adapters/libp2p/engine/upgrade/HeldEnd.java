package proteus.adapters.libp2p.engine.upgrade;

/**
 * A stream whose end of output can be held back, while what was written before goes out: all of it that was written
 * before the end was held, and of what comes later all but the last message, where that must carry the end.
 *
 * <p>For a dialler that does not wait for the answer to its proposal: js-libp2p (3.3) resets a stream that has ended before
 * its protocol was agreed on.
 */
public interface HeldEnd {

    /**
     * Holds the end of output back from now on, or lets it go, whether it was asked for before or will be later. On the
     * stream's event loop.
     */
    void holdEnd(boolean held);
}
