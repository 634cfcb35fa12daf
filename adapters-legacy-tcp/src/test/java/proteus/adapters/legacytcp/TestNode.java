package proteus.adapters.legacytcp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import proteus.application.contract.FakeGate;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.SourceQuota;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A transport that listens on loopback, and the node behind it. */
final class TestNode implements AutoCloseable {

    /** When everything happens. */
    static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);

    /** Settings whose time-outs no test should run into. */
    static final LegacySettings PATIENT = LegacySettings.forPeers(10).withHandshakeTimeout(Duration.ofSeconds(20));

    /** Settings whose handshake times out soon. */
    static final LegacySettings HASTY = LegacySettings.forPeers(10).withHandshakeTimeout(Duration.ofMillis(300));

    private final InboundBudget budget = new InboundBudget(64 << 20);
    private final FakeGate gate;
    private final LegacyTransport transport;
    private final PeerAddress address;

    /** A node that listens. */
    TestNode(LegacySettings settings, HandshakeData own) throws IOException {
        gate = new FakeGate(own);
        transport = new LegacyTransport(settings, budget, gate, SourceQuota.unlimited(), () -> NOW);
        address = transport.listen(endpoint(ANY_PORT)).address();
    }

    FakeGate gate() {
        return gate;
    }

    LegacyTransport transport() {
        return transport;
    }

    InboundBudget budget() {
        return budget;
    }

    /** Where it listens. */
    PeerAddress address() {
        return address;
    }

    /** That address, as one of this stack. */
    static PeerEndpoint endpoint(PeerAddress address) {
        return new PeerEndpoint(address, Carrier.LEGACY_TCP);
    }

    /** Waits until so many frames wait for room in the budget. */
    void awaitBudgetWaiting(int count) {
        await(() -> budget.waiting() == count, () -> budget.waiting() + " frames wait, not " + count);
    }

    /** Waits until so many sockets have not finished their handshake. */
    void awaitHalfOpen(int count) {
        await(() -> transport.halfOpen() == count, () -> transport.halfOpen() + " are half open, not " + count);
    }

    private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise.get());
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
