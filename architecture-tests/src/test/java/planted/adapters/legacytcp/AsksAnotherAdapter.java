package planted.adapters.legacytcp;

import planted.adapters.persistence.InnocentStore;

/** Sees its neighbour. */
public record AsksAnotherAdapter(InnocentStore store) {}
