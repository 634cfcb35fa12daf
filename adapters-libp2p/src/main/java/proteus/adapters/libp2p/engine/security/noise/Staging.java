package proteus.adapters.libp2p.engine.security.noise;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * One array per event loop, in which messages of all its connections are put together.
 *
 * <p>It has room for the longest message. What is in it counts only until the next call of anything that may run a handler.
 */
final class Staging extends FastThreadLocal<byte[]> {

    @Override
    protected byte[] initialValue() {
        return new byte[NoiseSettings.MAX_MESSAGE_BYTES];
    }
}
