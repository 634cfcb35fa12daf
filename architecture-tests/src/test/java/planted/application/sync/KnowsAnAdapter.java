package planted.application.sync;

import planted.adapters.persistence.InnocentStore;

/** Points outwards. */
public record KnowsAnAdapter(InnocentStore store) {}
