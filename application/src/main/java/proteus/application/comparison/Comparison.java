package proteus.application.comparison;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import proteus.application.port.ComparisonControl;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.TaskScheduler;

/** What a node measures of its stacks. Safe for use by many threads; never blocks. */
public final class Comparison implements ComparisonControl {

    private final TaskScheduler clock;
    private final Supplier<Map<Stack, Traffic>> traffic;
    private final StackMeter legacy = new StackMeter();
    private final StackMeter libp2p = new StackMeter();
    private final Set<PeerMeter> open = new LinkedHashSet<>();
    private volatile GuardSettings settings = GuardSettings.DEFAULT;

    /**
     * Nothing measured yet.
     *
     * @param traffic what has gone each way with all peers so far; a stack that had none may be missing
     */
    public Comparison(TaskScheduler clock, Supplier<Map<Stack, Traffic>> traffic) {
        this.clock = clock;
        this.traffic = traffic;
    }

    /** From now on it is measured and compared as these say. Before the first session begins. */
    public void use(GuardSettings told) {
        settings = told;
    }

    GuardSettings settings() {
        return settings;
    }

    /**
     * What measures one session.
     *
     * @param current the connection that carries it
     * @param carried what has gone each way over its connections
     */
    public PeerMeter meter(Supplier<Description> current, Supplier<Map<Stack, Traffic>> carried) {
        return new PeerMeter(this, clock, current, carried);
    }

    StackMeter total(Stack stack) {
        return switch (stack) {
            case LEGACY -> legacy;
            case LIBP2P -> libp2p;
        };
    }

    void opened(PeerMeter meter) {
        synchronized (open) {
            open.add(meter);
        }
    }

    void closed(PeerMeter meter) {
        synchronized (open) {
            open.remove(meter);
        }
    }

    private List<PeerMeter> open() {
        synchronized (open) {
            return new ArrayList<>(open);
        }
    }

    @Override
    public Map<Stack, StackFigures> stacks() {
        Map<Stack, Traffic> carried = traffic.get();
        Map<Stack, StackFigures> stacks = new EnumMap<>(Stack.class);
        for (Stack stack : Stack.values()) {
            stacks.put(stack, total(stack).figures(carried.getOrDefault(stack, Traffic.NONE)));
        }
        return stacks;
    }

    @Override
    public List<PeerFigures> peers() {
        return open().stream().map(PeerMeter::figures).toList();
    }

    @Override
    public Guard guard() {
        return new Guard(settings.on(), "not compared yet", 0, Optional.empty());
    }
}
