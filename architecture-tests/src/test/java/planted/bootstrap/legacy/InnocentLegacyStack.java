package planted.bootstrap.legacy;

import planted.adapters.legacytcp.AsksAnotherAdapter;

/** Goes when the legacy stack is removed. */
public record InnocentLegacyStack(AsksAnotherAdapter adapter) {}
