package planted.adapters.libp2p.engine.noise;

/** A part of the engine. */
public record InnocentNoise(int round) {}
