package planted.adapters.libp2p.engine.noise;

import planted.adapters.libp2p.gateway.InnocentNeighbour;

/** Looks over the wall to what stands beside the engine. */
public record KnowsItsUser(InnocentNeighbour neighbour) {}
