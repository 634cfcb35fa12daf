package proteus.application.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A node that takes everybody of its network, unless told otherwise. Safe for use by many threads. */
public final class FakeGate implements PeerGate {

    private static final int PATIENCE_SECONDS = 20;

    private final HandshakeData own;
    // Guarded by this.
    private final List<PeerConnection> connected = new ArrayList<>();
    private final List<Judgement> judgements = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<IpAddress> banned = ConcurrentHashMap.newKeySet();
    private final Set<IpAddress> notAdmitted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch judging = new CountDownLatch(1);
    private volatile CountDownLatch mayJudge = new CountDownLatch(0);
    private volatile Optional<RuntimeException> broken = Optional.empty();
    private volatile HandshakeVerdict verdict = new HandshakeVerdict.Accepted();

    /** What it was asked to judge. */
    public record Judgement(
            HandshakeData own, HandshakeData theirs, PeerAddress address, Carrier carrier, Direction direction) {}

    /** A node that says this of itself. */
    public FakeGate(HandshakeData own) {
        this.own = own;
    }

    /** Judges everybody of its own network like this from now on. */
    public void judgeEverybody(HandshakeVerdict like) {
        verdict = like;
    }

    /** Throws {@code failure} at every judgement from now on. */
    public void failWith(RuntimeException failure) {
        broken = Optional.of(failure);
    }

    /** Does not admit this address any more. */
    public void ban(IpAddress ip) {
        notAdmitted.add(ip);
    }

    /** The same, and says so to who may not wait for an answer. */
    public void banOutright(IpAddress ip) {
        ban(ip);
        banned.add(ip);
    }

    /** Takes its time over every judgement, until {@link #judgeAgain} or an interrupt. */
    public void holdJudgements() {
        mayJudge = new CountDownLatch(1);
    }

    /** Comes to its judgements. */
    public void judgeAgain() {
        mayJudge.countDown();
    }

    /** Waits until it is asked for a judgement. */
    public void awaitJudging() throws InterruptedException {
        if (!judging.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked for a judgement");
        }
    }

    /** How many handshakes it was asked to judge. */
    public int judged() {
        return judgements.size();
    }

    /** What it was asked to judge, in order. */
    public List<Judgement> judgements() {
        return List.copyOf(judgements);
    }

    /** How often it was asked to admit somebody. */
    public int asked() {
        return asked.get();
    }

    /** The next connection, which must come soon. */
    public PeerConnection awaitConnection() throws InterruptedException {
        return awaitConnection(_ -> true);
    }

    /** The next connection that was opened by that side, which must come soon. */
    public PeerConnection awaitConnection(Direction direction) throws InterruptedException {
        return awaitConnection(connection -> connection.description().direction() == direction);
    }

    private synchronized PeerConnection awaitConnection(Predicate<PeerConnection> which) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Optional<PeerConnection> found = connected.stream().filter(which).findFirst();
            if (found.isPresent()) {
                connected.remove(found.get());
                return found.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("no connection came");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** How many connections came and were not asked for yet. */
    public synchronized int connections() {
        return connected.size();
    }

    @Override
    public boolean isBanned(IpAddress ip) {
        return banned.contains(ip);
    }

    @Override
    public boolean admits(IpAddress ip) {
        asked.incrementAndGet();
        return !notAdmitted.contains(ip);
    }

    @Override
    public HandshakeData ownHandshake() {
        return own;
    }

    @Override
    public HandshakeVerdict judge(HandshakeData mine, HandshakeData theirs, Remote remote) {
        judgements.add(new Judgement(mine, theirs, remote.address(), remote.carrier(), remote.direction()));
        judging.countDown();
        awaitMayJudge();
        broken.ifPresent(failure -> {
            throw failure;
        });
        if (!mine.network().equals(theirs.network())) {
            return new HandshakeVerdict.DifferentNetwork(theirs.network());
        }
        return verdict;
    }

    private void awaitMayJudge() {
        try {
            mayJudge.await();
        } catch (InterruptedException hurried) {
            // A judgement is made all the same; whoever hurried it sees its own interrupt.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void connected(PeerConnection connection) {
        connected.add(connection);
        notifyAll();
    }
}
