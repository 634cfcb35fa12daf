package proteus.application.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessageKind;

/**
 * A network within the process: who listens where, and what answers at addresses where no node is.
 *
 * <p>Nodes join it with an {@link InMemoryPeerTransport} each. Ports are given out in order, so a run repeats. Safe for
 * use by many threads.
 */
public final class InMemoryNetwork {

    private static final int FIRST_FREE_PORT = 49_152;
    private static final int LAST_PORT = 65_535;

    private final Map<PeerAddress, Endpoint> endpoints = new HashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<AssertingPeerConnection> watched = new ArrayList<>();
    private final boolean asserting;
    private int lastPort = FIRST_FREE_PORT - 1;

    /** A network without anybody. */
    public InMemoryNetwork() {
        this(false);
    }

    private InMemoryNetwork(boolean asserting) {
        this.asserting = asserting;
    }

    /** The same, and every connection is an {@link AssertingPeerConnection}. */
    public static InMemoryNetwork asserting() {
        return new InMemoryNetwork(true);
    }

    /** What answers at an address. */
    sealed interface Endpoint {
        record Listening(InMemoryPeerTransport transport) implements Endpoint {}

        record OtherProtocol() implements Endpoint {}

        record Silent() implements Endpoint {}

        record Nobody() implements Endpoint {}
    }

    /** Who dials {@code address} from now on meets something that speaks another protocol. */
    public synchronized void speakAnotherProtocolAt(PeerAddress address) {
        endpoints.put(address.canonical(), new Endpoint.OtherProtocol());
    }

    /** Who dials {@code address} from now on is connected and hears nothing, until the dial times out. */
    public synchronized void staySilentAt(PeerAddress address) {
        endpoints.put(address.canonical(), new Endpoint.Silent());
    }

    /** Nobody is at {@code address} from now on; connections stay. */
    public synchronized void vacate(PeerAddress address) {
        endpoints.remove(address.canonical());
    }

    /** What gates threw during handshakes of listeners; the connections were closed. */
    public synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** The rules that nodes of an asserting network have broken so far. */
    public synchronized List<BrokenRuleError> violations() {
        return watched.stream()
                .flatMap(connection -> connection.violations().stream())
                .toList();
    }

    /** The kinds of frames that nodes of an asserting network have not closed yet. */
    public synchronized List<PeerMessageKind> unclosedFrames() {
        return watched.stream()
                .flatMap(connection -> connection.unclosedFrames().stream())
                .toList();
    }

    /** What a node gets to see of {@code connection}. */
    synchronized PeerConnection handedOver(PeerConnection connection) {
        if (!asserting) {
            return connection;
        }
        AssertingPeerConnection over = AssertingPeerConnection.over(connection);
        watched.add(over);
        return over;
    }

    /** Keeps what a gate threw. */
    synchronized void failed(Throwable failure) {
        failures.add(failure);
    }

    /** Lets {@code transport}, whose node is at {@code host}, listen; port 0 picks a free one. */
    synchronized PeerAddress bind(PeerAddress address, IpAddress host, InMemoryPeerTransport transport)
            throws IOException {
        IpAddress ip = address.ip().canonical();
        if (!ip.equals(host) && !isUnspecified(ip)) {
            throw new IOException("cannot listen on " + address + ": the node is at " + host);
        }
        int port = address.port() == 0 ? freePort(host) : address.port();
        PeerAddress place = new PeerAddress(host, port);
        if (endpoints.containsKey(place)) {
            throw new IOException("cannot listen on " + address + ": in use");
        }
        endpoints.put(place, new Endpoint.Listening(transport));
        return new PeerAddress(ip, port);
    }

    private static boolean isUnspecified(IpAddress ip) {
        return switch (ip) {
            case IpAddress.V4(int bits) -> bits == 0;
            case IpAddress.V6(long high, long low) -> high == 0 && low == 0;
        };
    }

    /** Ends all listening of {@code transport}. */
    synchronized void release(InMemoryPeerTransport transport) {
        endpoints.values().removeIf(new Endpoint.Listening(transport)::equals);
    }

    /** What answers at {@code address}. */
    synchronized Endpoint at(PeerAddress address) {
        return endpoints.getOrDefault(address, new Endpoint.Nobody());
    }

    /** Where the next dial from {@code host} comes from. */
    synchronized PeerAddress source(IpAddress host) {
        return new PeerAddress(host, freePort(host));
    }

    private int freePort(IpAddress host) {
        do {
            lastPort = lastPort == LAST_PORT ? FIRST_FREE_PORT : lastPort + 1;
        } while (endpoints.containsKey(new PeerAddress(host, lastPort)));
        return lastPort;
    }
}
