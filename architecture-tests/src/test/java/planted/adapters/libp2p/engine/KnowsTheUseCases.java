package planted.adapters.libp2p.engine;

import planted.application.port.InnocentPort;

/** Looks over the wall to the application. */
public record KnowsTheUseCases(InnocentPort port) {}
