package planted.domain.peer;

import planted.application.port.InnocentPort;

/** Points outwards. */
public record KnowsTheApplication(InnocentPort port) {}
