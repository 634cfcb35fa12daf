package planted.bootstrap;

import planted.adapters.legacytcp.AsksAnotherAdapter;

/** Would have to be changed when the legacy stack is removed. */
public record NamesTheLegacyAdapter(AsksAnotherAdapter adapter) {}
