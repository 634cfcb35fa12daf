package proteus.adapters.legacytcp;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.application.port.Stack;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A node that takes everybody of its network, unless told otherwise. */
final class FakeGate implements PeerGate {

    private final HandshakeData own;
    private final BlockingQueue<PeerConnection> connected = new LinkedBlockingQueue<>();
    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile HandshakeVerdict verdict = new HandshakeVerdict.Accepted();
    private final Set<IpAddress> banned = ConcurrentHashMap.newKeySet();

    FakeGate(HandshakeData own) {
        this.own = own;
    }

    /** Judges everybody of its own network like this from now on. */
    void judgeEverybody(HandshakeVerdict like) {
        verdict = like;
    }

    /** Does not admit this address any more. */
    void ban(IpAddress ip) {
        banned.add(ip);
    }

    /** How many handshakes it was asked to judge. */
    int judged() {
        return judged.get();
    }

    /** How often it was asked to admit somebody. */
    int asked() {
        return asked.get();
    }

    /** The next connection, which must come soon. */
    PeerConnection awaitConnection() throws InterruptedException {
        PeerConnection next = connected.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no connection came");
        }
        return next;
    }

    /** How many connections came and were not asked for yet. */
    int connections() {
        return connected.size();
    }

    @Override
    public boolean admits(IpAddress ip) {
        asked.incrementAndGet();
        return !banned.contains(ip);
    }

    @Override
    public HandshakeData ownHandshake() {
        return own;
    }

    @Override
    public HandshakeVerdict judge(
            HandshakeData mine, HandshakeData theirs, PeerAddress address, Stack stack, Direction direction) {
        judged.incrementAndGet();
        if (!mine.network().equals(theirs.network())) {
            return new HandshakeVerdict.DifferentNetwork(theirs.network());
        }
        return verdict;
    }

    @Override
    public void connected(PeerConnection connection) {
        connected.add(connection);
    }
}
