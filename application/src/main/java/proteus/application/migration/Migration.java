package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.PeerMeter;
import proteus.application.comparison.StackGuard;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveTallies;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.session.Relocation;
import proteus.application.session.SessionEnd;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * The migration of a node: keeps the stage, looks again and again whose session is not where it is to be, and moves those
 * sessions, few at a time.
 *
 * <p>Safe for use by many threads. What it decides is decided on a thread of its own; each move has one, too.
 */
public final class Migration implements MigrationControl, AutoCloseable {

    /** How often it looks when nothing happens. */
    static final Duration REVIEW = Duration.ofSeconds(5);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(Migration.class.getName());

    private final MigrationSettings settings;
    private final MigratingNode node;
    private final MigrationStore store;
    private final TaskScheduler scheduler;
    private final MoveLedger ledger;
    private final Counterparts counterparts;
    private final Journal journal;
    private final Moves moves;
    private final Recovery recovery;
    private final Comparison comparison;
    private final StackGuard guard;
    private final Map<MovableSession, Tracked> sessions = new LinkedHashMap<>();
    private final BlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();
    /** Whose sessions this node had moved, and is getting back. */
    private final Set<PeerId> recovering = ConcurrentHashMap.newKeySet();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Rollout rollout = Rollout.DEFAULT;
    private volatile boolean custom;
    private Instant changed = Instant.MIN;
    private TaskScheduler.@Nullable Timeout timer;
    private volatile boolean closed;

    /**
     * A migration that does nothing yet.
     *
     * @param store what it remembers; not closed with it
     * @param comparison measures the sessions
     */
    public Migration(
            MigrationSettings settings,
            MigratingNode node,
            MigrationStore store,
            Comparison comparison,
            TaskScheduler scheduler) {
        this.settings = settings;
        this.node = node;
        this.store = store;
        this.scheduler = scheduler;
        ledger = new MoveLedger(settings.movesPerDay());
        counterparts = new Counterparts(store);
        journal = new Journal(store, ledger, scheduler);
        moves = new Moves(node, settings, counterparts, journal, scheduler);
        recovery = new Recovery(node, counterparts, journal, scheduler);
        this.comparison = comparison;
        guard = comparison.stackGuard();
        custom = settings.custom();
        comparison.use(settings.guard());
        comparison.rememberBy(counterparts::keyOf);
    }

    /**
     * Reads what is stored, and decides from that and from the settings what to begin with. Before {@link #start}.
     *
     * @param ownName what tells this node from others and stays the same over restarts
     * @param own who this node is on libp2p, if it is
     * @throws StoreException if it cannot be read or stored
     */
    public Rollout load(String ownName, Optional<PeerId> own) throws StoreException {
        Instant now = scheduler.instant();
        List<JournalEntry> entries = store.journal(MigrationStore.MAX_JOURNAL);
        ledger.read(entries, now);
        lastOfGuard(entries).ifPresent(guard::nodeWentBack);
        counterparts.load(now);
        moves.start(new ShareChoice(ownName), own);
        Rollout stored = store.rollout().orElse(Rollout.DEFAULT);
        Rollout told = new Rollout(
                settings.stage().orElse(stored.stage()), settings.share().orElse(stored.share()));
        if (!told.equals(stored) && node.has(Stack.LEGACY)) {
            store.putRollout(new JournalEntry.StageChanged(now, stored, told, "told at the start"));
        }
        rollout = told;
        if (!custom && !node.has(Stack.LEGACY) && told.stage() != Stage.LIBP2P_ONLY) {
            rollout = new Rollout(Stage.LIBP2P_ONLY, told.share());
            LOG.log(Level.INFO, "This build has no legacy stack: the stage is {0}, not {1}", rollout, told);
        }
        comparison.useBothStacks(!custom && usesBoth(rollout));
        return rollout;
    }

    private static boolean usesBoth(Rollout rollout) {
        return Stream.of(Stack.values()).allMatch(rollout.stage()::uses);
    }

    private static Optional<Instant> lastOfGuard(List<JournalEntry> entries) {
        return entries.reversed().stream()
                .filter(entry -> entry instanceof JournalEntry.StageChanged changed
                        && changed.cause().startsWith(StackGuard.CAUSE))
                .map(JournalEntry::time)
                .findFirst();
    }

    /** Whether stacks are used as the operator said of each, and not as a stage says. */
    public boolean custom() {
        return custom;
    }

    /** Begins to look whom to move. */
    public void start() {
        LOG.log(
                Level.INFO,
                custom ? "Stage of the migration: none, stacks are used as told" : "Stage of the migration: {0}",
                rollout);
        if (settings.guard().isBlind()) {
            LOG.log(
                    Level.WARNING,
                    "With a probe every {0} s fewer than {1} round-trips are measured in {2} s: the guard compares only "
                            + "peers that are asked for more",
                    settings.guard().probeEvery().toSeconds(),
                    settings.guard().thresholds().minSamples(),
                    settings.guard().thresholds().window().toSeconds());
        }
        start(this::reviewAll, "migration");
        tick();
    }

    private void tick() {
        Duration wait = guard.interval().compareTo(REVIEW) < 0 ? guard.interval() : REVIEW;
        timer = scheduler.schedule(wait, () -> {
            wake();
            if (!closed) {
                tick();
            }
        });
    }

    /** Now, and when it is no longer the peer's turn to begin. */
    private void wakeTwice() {
        wake();
        scheduler.schedule(Moves.PEER_GOES_FIRST, this::wake);
    }

    private void wake() {
        if (wakes.isEmpty()) {
            wakes.add(true);
        }
    }

    /** What a thread of this does. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private void start(Task task, String name) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } catch (InterruptedException stopping) {
                LOG.log(Level.DEBUG, "{0} is broken off, the node stops", name);
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, () -> name + " failed", defect);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private void reviewAll() throws InterruptedException {
        while (!closed) {
            wakes.take();
            try {
                compare();
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "how the stacks do is not known", defect);
            }
            for (Tracked tracked : tracked()) {
                try {
                    review(tracked);
                } catch (RuntimeException defect) {
                    LOG.log(
                            Level.ERROR,
                            () -> "peer " + tracked.session().current().address() + ": where it belongs is not known",
                            defect);
                }
            }
        }
    }

    /** Lets the guard look, and takes the node back if it says so. */
    private void compare() {
        Rollout before = rollout;
        boolean migrates = !custom && before.stage() == Stage.MIGRATE;
        List<PeerMeter> moved = tracked().stream()
                .filter(tracked -> migrates && tracked.movedByUs())
                .map(tracked -> tracked.session().meter())
                .toList();
        Optional<String> cause = guard.review(moved, migrates);
        if (cause.isEmpty()) {
            return;
        }
        try {
            goBack(before, cause.get());
        } catch (RolloutRefusedException | StoreException failure) {
            LOG.log(Level.ERROR, "The node cannot go back to {0}: {1}", Stage.DUAL, failure.getMessage());
        }
    }

    /** Takes the node back, unless somebody ordered something else meanwhile: an order weighs more than the guard. */
    private synchronized void goBack(Rollout from, String cause) throws RolloutRefusedException, StoreException {
        if (custom || !rollout.equals(from)) {
            LOG.log(Level.INFO, "The node would have gone back to {0}, but was told {1}", Stage.DUAL, rollout);
            return;
        }
        LOG.log(Level.WARNING, "The node goes back to {0}: {1}", Stage.DUAL, cause);
        set(new Rollout(Stage.DUAL, from.share()), cause);
        guard.nodeWentBack(scheduler.instant());
    }

    private List<Tracked> tracked() {
        synchronized (sessions) {
            return List.copyOf(sessions.values());
        }
    }

    private void review(Tracked tracked) {
        Verdict verdict;
        synchronized (sessions) {
            if (!sessions.containsValue(tracked)) {
                return;
            }
            verdict = custom
                    ? new Verdict.Stays("stacks are used as told")
                    : moves.judge(tracked, rollout, changed, sessions.values());
            tracked.state(verdict.text());
            tracked.moving(verdict instanceof Verdict.Move || tracked.moving());
        }
        switch (verdict) {
            case Verdict.Move(var to, var cause) ->
                start(
                        () -> move(tracked, to, cause),
                        "move-" + tracked.session().current().address());
            case Verdict.Leave(var why) -> moves.disconnect(tracked, why);
            case Verdict.Stays _ -> {}
        }
    }

    private void move(Tracked tracked, Stack to, String cause) throws InterruptedException {
        try {
            moves.move(tracked, to, cause);
            if (to == Stack.LEGACY
                    && tracked.session().meter().isHeld()
                    && tracked.session().current().stack() == Stack.LEGACY) {
                guard.sessionTakenBack();
            }
        } finally {
            synchronized (sessions) {
                tracked.moving(false);
            }
            wake();
        }
    }

    /** A session is in the table. */
    public void began(MovableSession session) {
        synchronized (sessions) {
            Tracked tracked = new Tracked(session);
            Description peer = session.current();
            tracked.movedByUs(peer.stack() == Stack.LIBP2P && recovering.remove(peer.peerId()));
            sessions.put(session, tracked);
        }
        wakeTwice();
    }

    /**
     * A session is over. Returns at once.
     *
     * @return whether this sees to it that its peer is connected again
     */
    public boolean ended(MovableSession session, SessionEnd end) {
        @Nullable Tracked tracked;
        synchronized (sessions) {
            tracked = sessions.remove(session);
        }
        wake();
        Description lost = session.current();
        boolean recovers = tracked != null
                && !closed
                && tracked.movedByUs()
                && lost.stack() == Stack.LIBP2P
                && end.reason() == SessionEnd.Reason.CONNECTION_CLOSED;
        if (recovers) {
            Instant now = scheduler.instant();
            recovering.add(lost.peerId());
            start(
                    () -> {
                        if (recovery.recover(lost, end, now) != Recovery.Found.ON_LIBP2P) {
                            recovering.remove(lost.peerId());
                        }
                    },
                    "recover-" + lost.address());
        }
        return recovers;
    }

    /** Whether a session may be carried on over {@code to} because its peer wants that. */
    public boolean mayFollow(MovableSession session, Stack to) {
        synchronized (sessions) {
            @Nullable Tracked tracked = sessions.get(session);
            return tracked != null
                    && !tracked.moving()
                    && node.uses(to)
                    && !(to == Stack.LIBP2P && session.meter().isHeld())
                    && ledger.allows(counterparts.keyOf(session.current()), scheduler.instant());
        }
    }

    /** A session is being carried on over {@code to} because its peer wants that; what is returned is to be told of it. */
    public Relocation following(MovableSession session, Stack to, Runnable whenArrived) {
        return new Following(session, to, whenArrived, journal, counterparts);
    }

    @Override
    public Status status() {
        List<Tracked> all = tracked();
        Instant now = scheduler.instant();
        Map<Stack, Integer> count = new EnumMap<>(Stack.class);
        List<PeerStatus> peers = new ArrayList<>();
        int movedByUs = 0;
        int moving = 0;
        for (Stack stack : Stack.values()) {
            count.put(stack, 0);
        }
        synchronized (sessions) {
            for (Tracked tracked : all) {
                count.merge(tracked.session().current().stack(), 1, Integer::sum);
                movedByUs += tracked.movedByUs() ? 1 : 0;
                moving += tracked.moving() ? 1 : 0;
                peers.add(status(tracked, now));
            }
        }
        return new Status(rollout, custom, count, movedByUs, moving, peers);
    }

    @Override
    public MoveTallies tallies() {
        return journal.tallies();
    }

    private PeerStatus status(Tracked tracked, Instant now) {
        Description current = tracked.session().current();
        PeerKey key = counterparts.keyOf(current);
        return new PeerStatus(
                key,
                current.address(),
                current.carrier(),
                tracked.movedByUs(),
                tracked.state(),
                ledger.movesOf(key, now),
                ledger.attemptsOf(key, now),
                tracked.last(),
                ledger.waiting(key, now).map(MoveLedger.Wait::notBefore));
    }

    @Override
    public synchronized void set(Rollout next, String cause) throws RolloutRefusedException, StoreException {
        Rollout before = rollout;
        if (next.equals(before) && !custom) {
            return;
        }
        for (Stack stack : Stack.values()) {
            if (next.stage().uses(stack) && !node.has(stack)) {
                throw new RolloutRefusedException("the stage " + next.stage() + " needs a stack that this build lacks: "
                        + stack.name().toLowerCase(Locale.ROOT));
            }
        }
        node.use(next);
        try {
            store.putRollout(new JournalEntry.StageChanged(scheduler.instant(), before, next, cause));
        } catch (StoreException unstored) {
            putBack(before);
            throw unstored;
        }
        LOG.log(Level.INFO, "Stage of the migration: {0} -> {1}, {2}", before, next, cause);
        synchronized (sessions) {
            rollout = next;
            custom = false;
            changed = scheduler.instant();
            sessions.values().forEach(Tracked::beginAnew);
        }
        comparison.useBothStacks(usesBoth(next));
        ledger.forgetWaits();
        guard.letAllBeTriedAgain();
        wakeTwice();
    }

    private void putBack(Rollout before) {
        try {
            if (custom) {
                node.useAsTold();
            } else {
                node.use(before);
            }
        } catch (RolloutRefusedException failure) {
            LOG.log(Level.ERROR, "The stacks cannot be used again as before: {0}", failure.getMessage());
        }
    }

    @Override
    public List<JournalEntry> journal(Optional<PeerKey> peer, int most) throws StoreException {
        if (peer.isEmpty()) {
            return store.journal(most);
        }
        List<JournalEntry> ofPeer = store.journal(MigrationStore.MAX_JOURNAL).stream()
                .filter(entry -> entry instanceof JournalEntry.Moved moved
                        && moved.peer().equals(peer.get()))
                .toList();
        return ofPeer.subList(Math.max(0, ofPeer.size() - most), ofPeer.size());
    }

    /** Where to reach over libp2p a peer that takes legacy connections at {@code legacy}, if this node ever did. */
    public Optional<Counterpart.Reached> libp2pOf(PeerAddress legacy) {
        return counterparts.of(legacy).flatMap(Counterpart::libp2p);
    }

    /** Begins no more moves, and breaks off those that go on, whose sessions end. Waits a little. */
    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_PATIENCE);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
