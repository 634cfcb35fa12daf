package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A wire of some length to a listener on 127.0.0.1: what either side sends arrives unchanged after a fixed time, however
 * much it is, and the flights are counted.
 *
 * <p>A TCP connection costs its diallers the round trip that it would on a real wire. Acknowledgements of TCP itself stay
 * on this machine and count for nothing; those of QUIC are datagrams like others, and begin flights.
 *
 * <p>It keeps what is under way in memory, without limit. It has one thread of its own, which sleeps only in its selector.
 */
public final class DelayProxy implements AutoCloseable {

    private final Selector selector;
    private final Schedule schedule;
    private final Flights flights;
    private final int port;
    private final Thread loop;
    private volatile long oneWayNanos;
    private volatile boolean isClosed;

    /** What is told that a channel is ready. */
    interface Ready {
        void ready() throws IOException;
    }

    /** What a relay works with. */
    record Wire(InetSocketAddress at, Selector selector, Schedule schedule, Flights flights, LongSupplier oneWay) {

        long oneWayNanos() {
            return oneWay.getAsLong();
        }
    }

    private interface Relay {
        int listen(Wire wire, InetSocketAddress target) throws IOException;
    }

    private DelayProxy(Relay relay, InetSocketAddress at, InetSocketAddress target, Duration oneWay)
            throws IOException {
        LongSupplier nanos = System::nanoTime;
        selector = Selector.open();
        schedule = new Schedule(nanos);
        flights = new Flights(nanos);
        oneWayNanos = oneWay.toNanos();
        port = relay.listen(new Wire(at, selector, schedule, flights, () -> oneWayNanos), target);
        loop = Thread.ofPlatform().name("delay-proxy-" + port).daemon().start(this::run);
    }

    /** Before a listener on TCP. */
    public static DelayProxy tcp(InetSocketAddress target, Duration oneWay) throws IOException {
        return new DelayProxy(TcpRelay::listen, freePort(), target, oneWay);
    }

    /** The same, itself listening at {@code at}. */
    public static DelayProxy tcp(InetSocketAddress at, InetSocketAddress target, Duration oneWay) throws IOException {
        return new DelayProxy(TcpRelay::listen, at, target, oneWay);
    }

    private static InetSocketAddress freePort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** What is sent from now on takes so long. */
    public void lengthen(Duration oneWay) {
        oneWayNanos = oneWay.toNanos();
    }

    /** Before a listener on UDP; each dialler's address is another one to the listener, as behind a NAT. */
    static DelayProxy udp(InetSocketAddress target, Duration oneWay) throws IOException {
        return new DelayProxy(UdpRelay::listen, freePort(), target, oneWay);
    }

    /** Where diallers are to dial. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The flights of all connections so far, in order. */
    List<Flight> flights() {
        return flights.soFar();
    }

    /** How often a side spoke and the other answered, so far. */
    int roundTrips() {
        return flights.soFar().size() / 2;
    }

    private void run() {
        try (selector) {
            while (!isClosed) {
                selector.select(DelayProxy::ready, schedule.millisToNext());
                schedule.runDue();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the proxy at port " + port + " failed", failure);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            loop.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
