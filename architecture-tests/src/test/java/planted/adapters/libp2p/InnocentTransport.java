package planted.adapters.libp2p;

import planted.adapters.libp2p.engine.InnocentEngine;
import planted.domain.field.InnocentField;

/** Stands beside the engine and uses it. */
public record InnocentTransport(InnocentEngine engine, InnocentField field) {}
