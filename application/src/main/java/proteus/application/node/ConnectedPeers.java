package proteus.application.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import proteus.application.comparison.PeerMeter;
import proteus.application.migration.MovableSession;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.session.NodeEvent;
import proteus.application.session.PeerSession;
import proteus.domain.peer.ConnectionPolicy.RefusalAfterHandshake;
import proteus.domain.peer.PeerInfo;

/**
 * The table of connected peers over all stacks, in the order in which they came. Safe for use by many threads; nothing
 * in it waits for anything but {@link #awaitEmpty}.
 */
final class ConnectedPeers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final Set<Member> members = new LinkedHashSet<>();
    private final Map<Stack, Traffic> ended = new EnumMap<>(Stack.class);
    private long contested;

    /**
     * A peer in the table; compared by identity.
     *
     * <p>A <em>wanted</em> one was named or dialled by the operator, and has to make room for nobody.
     */
    static final class Member implements MovableSession {

        private final PeerSession session;
        private final Description origin;
        private final boolean wanted;
        private volatile PeerInfo info;
        private volatile boolean contested;

        Member(PeerInfo info, PeerSession session, boolean wanted) {
            this.info = info;
            this.session = session;
            this.wanted = wanted;
            origin = session.connection().description();
        }

        @Override
        public PeerMeter meter() {
            return session.meter();
        }

        @Override
        public Description origin() {
            return origin;
        }

        @Override
        public Description current() {
            return session.connection().description();
        }

        @Override
        public boolean post(NodeEvent event) {
            return session.post(event);
        }

        @Override
        public void carriedBy(Description connection) {
            info = new PeerInfo(
                    connection.peerId(),
                    connection.handshake().instanceId(),
                    Optional.of(connection.address()),
                    connection.direction() == Direction.INBOUND);
        }

        PeerInfo info() {
            return info;
        }

        PeerSession session() {
            return session;
        }

        boolean wanted() {
            return wanted;
        }

        /** Whether it claimed the instance id of another member when it came in. */
        boolean contested() {
            return contested;
        }
    }

    /** What became of a peer that wanted into the table. */
    sealed interface Entry {

        /**
         * It is in.
         *
         * @param evicted who had to go for it
         */
        record Admitted(Optional<Member> evicted) implements Entry {}

        /**
         * It is not.
         *
         * @param reason why
         */
        record Refused(RefusalAfterHandshake reason) implements Entry {}
    }

    /**
     * What the policy says of a peer and a table.
     *
     * @param refusal why the peer may not enter a table with these peers in it; empty if it may
     * @param contested whether it claims the instance id of one of them
     */
    record Judgement(Optional<RefusalAfterHandshake> refusal, boolean contested) {}

    /** Asks the policy about a table. */
    interface Rule {
        /** Judges the peer for a table with these peers in it. */
        Judgement judge(List<PeerInfo> table);
    }

    /**
     * Puts a peer in if {@code rule} allows it, in one step with its asking. A wanted peer that finds the table full gets
     * the place of the one that is connected longest and not wanted.
     */
    Entry enter(Member candidate, Rule rule) {
        lock.lock();
        try {
            Judgement judgement = rule.judge(infos(members));
            Optional<Member> evicted = Optional.empty();
            if (judgement.refusal().equals(Optional.of(RefusalAfterHandshake.TOO_MANY_PEERS)) && candidate.wanted) {
                evicted = evictable(members);
                judgement = rule.judge(infos(without(evicted)));
            }
            if (judgement.refusal().isPresent()) {
                return new Entry.Refused(judgement.refusal().get());
            }
            evicted.ifPresent(this::remove);
            members.add(candidate);
            candidate.contested = judgement.contested();
            contested += judgement.contested() ? 1 : 0;
            return new Entry.Admitted(evicted);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a peer out; false if it had to go before. */
    boolean leave(Member member) {
        lock.lock();
        try {
            boolean was = remove(member);
            if (members.isEmpty()) {
                emptied.signalAll();
            }
            return was;
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(Member member) {
        boolean was = members.remove(member);
        if (was) {
            addTo(ended, member);
        }
        return was;
    }

    private static void addTo(Map<Stack, Traffic> sums, Member member) {
        member.session.trafficByStack().forEach((stack, traffic) -> sums.merge(stack, traffic, Traffic::plus));
    }

    /** What has gone each way with all members so far, but for what went with one after it left. Never sinks. */
    Map<Stack, Traffic> traffic() {
        lock.lock();
        try {
            Map<Stack, Traffic> sums = new EnumMap<>(ended);
            members.forEach(member -> addTo(sums, member));
            return sums;
        } finally {
            lock.unlock();
        }
    }

    /** How many members so far claimed the instance id of another when they came in. */
    long contested() {
        lock.lock();
        try {
            return contested;
        } finally {
            lock.unlock();
        }
    }

    /** All peers; a copy. */
    List<Member> all() {
        lock.lock();
        try {
            return List.copyOf(members);
        } finally {
            lock.unlock();
        }
    }

    /** The table as the policy wants it. */
    List<PeerInfo> infos() {
        return infos(all());
    }

    /** The table as it would be if {@code member} had left it. */
    List<PeerInfo> infosWithout(Member member) {
        lock.lock();
        try {
            return infos(without(Optional.of(member)));
        } finally {
            lock.unlock();
        }
    }

    /** The table as it would be for a wanted peer: one place is free if somebody can be evicted. */
    List<PeerInfo> infosForWanted(int places) {
        lock.lock();
        try {
            return members.size() < places ? infos(members) : infos(without(evictable(members)));
        } finally {
            lock.unlock();
        }
    }

    private List<Member> without(Optional<Member> evicted) {
        List<Member> rest = new ArrayList<>(members);
        evicted.ifPresent(rest::remove);
        return rest;
    }

    private static Optional<Member> evictable(Set<Member> members) {
        return members.stream().filter(member -> !member.wanted).findFirst();
    }

    private static List<PeerInfo> infos(Iterable<Member> members) {
        List<PeerInfo> infos = new ArrayList<>();
        members.forEach(member -> infos.add(member.info));
        return infos;
    }

    /**
     * Waits until nobody is connected.
     *
     * @return whether that came true in time
     */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!members.isEmpty() && left > 0) {
                left = emptied.awaitNanos(left);
            }
            return members.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
