package proteus.adapters.rpc;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.ComparisonControl;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.domain.comparison.Distribution;

/** What a node measured that measured nothing. Its fields may be changed before a call. */
public final class FakeComparison implements ComparisonControl {

    private static final Distribution NOTHING = new Distribution(List.of(), List.of(0L), 0);

    public final Map<Stack, StackFigures> stacks = new EnumMap<>(Stack.class);
    public volatile List<PeerFigures> peers = List.of();
    public volatile Guard guard = new Guard(true, "nothing to compare", 0, Optional.empty());

    FakeComparison() {
        for (Stack stack : Stack.values()) {
            stacks.put(stack, new StackFigures(NOTHING, NOTHING, NOTHING, NOTHING, Traffic.NONE, Map.of()));
        }
    }

    @Override
    public Map<Stack, StackFigures> stacks() {
        return Map.copyOf(stacks);
    }

    @Override
    public List<PeerFigures> peers() {
        return peers;
    }

    @Override
    public Guard guard() {
        return guard;
    }
}
