package planted.adapters.legacytcp;

import planted.bootstrap.InnocentAssembly;

/** Depends on who assembles it. */
public record AsksTheAssembler(InnocentAssembly assembly) {}
