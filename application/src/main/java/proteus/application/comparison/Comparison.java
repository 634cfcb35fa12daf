package proteus.application.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import proteus.application.port.ComparisonControl;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerKey;
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
    private final PeerMemories memories = new PeerMemories();
    private final Outages outages = new Outages();
    private final StackGuard guard;
    private volatile GuardSettings settings = GuardSettings.DEFAULT;
    private volatile boolean bothStacks;
    private volatile Function<Description, PeerKey> keys = peer -> new PeerKey.OfPeerId(peer.peerId());

    /**
     * Nothing measured yet.
     *
     * @param traffic what has gone each way with all peers so far; a stack that had none may be missing
     */
    public Comparison(TaskScheduler clock, Supplier<Map<Stack, Traffic>> traffic) {
        this.clock = clock;
        this.traffic = traffic;
        guard = new StackGuard(this, clock);
    }

    /** From now on it is measured and compared as these say. Before the first session begins. */
    public void use(GuardSettings told) {
        settings = told;
    }

    /** From now on sessions may be moved from one stack to the other, or no longer: only then peers are asked to measure. */
    public void useBothStacks(boolean both) {
        bothStacks = both;
    }

    /** How often a peer is to be asked; zero for never. */
    Duration probeEvery() {
        return bothStacks && settings.on() ? settings.probeEvery() : Duration.ZERO;
    }

    /** From now on peers are remembered by these keys when they leave. */
    public void rememberBy(Function<Description, PeerKey> keyOf) {
        keys = keyOf;
    }

    /** What takes sessions back. */
    public StackGuard stackGuard() {
        return guard;
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

    PeerKey key(Description peer) {
        return keys.apply(peer);
    }

    Outages outages() {
        return outages;
    }

    StackMeter total(Stack stack) {
        return switch (stack) {
            case LEGACY -> legacy;
            case LIBP2P -> libp2p;
        };
    }

    void opened(PeerMeter meter, Description by) {
        memories.take(key(by), clock.nanos()).ifPresent(meter.window()::recall);
        synchronized (open) {
            open.add(meter);
        }
    }

    void closed(PeerMeter meter, Description by) {
        long now = clock.nanos();
        memories.keep(key(by), meter.window().memory(now), now);
        synchronized (open) {
            open.remove(meter);
        }
    }

    /** The operator wants something else now: sessions that are kept on legacy may be tried again. */
    void letAllBeTriedAgain() {
        open().forEach(meter -> meter.window().letBeTriedAgain());
        memories.letAllBeTriedAgain();
    }

    /** Of how many peers something is kept that have no session. */
    int remembered() {
        return memories.size();
    }

    List<PeerMeter> open() {
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
        return guard.status();
    }
}
