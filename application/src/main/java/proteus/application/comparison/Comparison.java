package proteus.application.comparison;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.ComparisonControl;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.domain.comparison.Distribution;

/** What a node measures of its stacks. */
public final class Comparison implements ComparisonControl {

    private static final Distribution NOTHING = new Distribution(List.of(), List.of(0L), 0);

    @Override
    public Map<Stack, StackFigures> stacks() {
        Map<Stack, StackFigures> stacks = new EnumMap<>(Stack.class);
        for (Stack stack : Stack.values()) {
            stacks.put(stack, new StackFigures(NOTHING, NOTHING, NOTHING, NOTHING, Traffic.NONE, Map.of()));
        }
        return stacks;
    }

    @Override
    public List<PeerFigures> peers() {
        return List.of();
    }

    @Override
    public Guard guard() {
        return new Guard(false, "off", 0, Optional.empty());
    }
}
