package planted.adapters.libp2p.engine;

import planted.domain.field.InnocentField;

/** Looks over the wall to the domain. */
public record KnowsNeptune(InnocentField field) {}
