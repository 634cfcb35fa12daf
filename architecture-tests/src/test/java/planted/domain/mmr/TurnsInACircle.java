package planted.domain.mmr;

import planted.domain.codec.TurnsBack;

/** Half of a circle. */
public record TurnsInACircle(TurnsBack other) {}
