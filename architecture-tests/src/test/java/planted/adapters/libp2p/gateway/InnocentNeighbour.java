package planted.adapters.libp2p.gateway;

/** Something of the adapter outside the engine. */
public record InnocentNeighbour(int number) {}
