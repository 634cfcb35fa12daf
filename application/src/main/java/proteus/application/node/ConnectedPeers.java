package proteus.application.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

    /**
     * A peer in the table; compared by identity.
     *
     * <p>A <em>wanted</em> one was named or dialled by the operator, and has to make room for nobody.
     */
    static final class Member {

        private final PeerInfo info;
        private final PeerSession session;
        private final boolean wanted;

        Member(PeerInfo info, PeerSession session, boolean wanted) {
            this.info = info;
            this.session = session;
            this.wanted = wanted;
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

    /** Asks the policy about a table. */
    interface Rule {
        /** Why the peer may not enter a table with these peers in it; empty if it may. */
        Optional<RefusalAfterHandshake> refusal(List<PeerInfo> table);
    }

    /**
     * Puts a peer in if {@code rule} allows it, in one step with its asking. A wanted peer that finds the table full gets
     * the place of the one that is connected longest and not wanted.
     */
    Entry enter(Member candidate, Rule rule) {
        lock.lock();
        try {
            Optional<RefusalAfterHandshake> refusal = rule.refusal(infos(members));
            Optional<Member> evicted = Optional.empty();
            if (refusal.equals(Optional.of(RefusalAfterHandshake.TOO_MANY_PEERS)) && candidate.wanted) {
                evicted = evictable(members);
                refusal = rule.refusal(infos(without(evicted)));
            }
            if (refusal.isPresent()) {
                return new Entry.Refused(refusal.get());
            }
            evicted.ifPresent(members::remove);
            members.add(candidate);
            return new Entry.Admitted(evicted);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a peer out; false if it had to go before. */
    boolean leave(Member member) {
        lock.lock();
        try {
            boolean was = members.remove(member);
            if (members.isEmpty()) {
                emptied.signalAll();
            }
            return was;
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
