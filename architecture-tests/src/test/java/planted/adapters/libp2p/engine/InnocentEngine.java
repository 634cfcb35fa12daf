package planted.adapters.libp2p.engine;

import io.netty.util.ReferenceCounted;
import planted.adapters.libp2p.engine.noise.InnocentNoise;

/** Uses itself and a library. */
public record InnocentEngine(InnocentNoise noise, ReferenceCounted buffer) {}
