package planted.domain.codec;

import planted.domain.mmr.TurnsInACircle;

/** The other half. */
public final class TurnsBack {
    public TurnsInACircle turn() {
        return new TurnsInACircle(this);
    }
}
