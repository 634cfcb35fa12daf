package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * Where a host listens, and where it does so no more but has to keep the socket, which carries what it has accepted.
 *
 * <p>Safe for use by many threads; nothing blocks.
 */
final class Listeners {

    private final Runnable changed;
    private final Set<Listener> open = ConcurrentHashMap.newKeySet();
    private final Set<Listener> mute = ConcurrentHashMap.newKeySet();
    /** How often it was told to stop: who binds meanwhile is late. */
    private final AtomicInteger stops = new AtomicInteger();

    private volatile boolean closed;

    /** One socket, where it is, and whether it accepts. */
    private record Listener(Carrier carrier, Channel channel, Multiaddr address, AtomicBoolean accepting) {}

    /** None yet; {@code changed} is told whenever there are others. */
    Listeners(Runnable changed) {
        this.changed = changed;
    }

    /** Listens at {@code address}, which {@code carrier} carries. */
    Future<Multiaddr> listen(Carrier carrier, Multiaddr address) {
        Promise<Multiaddr> promise = GlobalEventExecutor.INSTANCE.newPromise();
        int before = stops.get();
        Optional<Listener> kept = mute.stream()
                .filter(listener -> listener.address().equals(address))
                .findFirst();
        if (kept.isEmpty()) {
            bind(carrier, address, before, promise);
            return promise;
        }
        carrier.keep(kept.get().channel()).addListener(keeping -> {
            if (keeping.isSuccess() && mute.remove(kept.get())) {
                listening(kept.get(), before, promise);
            } else {
                bind(carrier, address, before, promise);
            }
        });
        return promise;
    }

    private void bind(Carrier carrier, Multiaddr address, int before, Promise<Multiaddr> promise) {
        AtomicBoolean accepting = new AtomicBoolean();
        ChannelFuture binding = carrier.listen(address, accepting::get);
        binding.addListener(bound -> {
            if (bound.isSuccess()) {
                Channel channel = binding.channel();
                listening(new Listener(carrier, channel, carrier.addressOf(channel), accepting), before, promise);
            } else {
                promise.setFailure(bound.cause());
            }
        });
    }

    private void listening(Listener listener, int before, Promise<Multiaddr> promise) {
        listener.accepting().set(true);
        open.add(listener);
        listener.channel().closeFuture().addListener(_ -> open.remove(listener));
        if (closed || stops.get() != before) {
            Future<Void> end = closed ? listener.channel().close() : stop(listener);
            end.addListener(_ -> promise.setFailure(new IllegalStateException("it stopped listening meanwhile")));
            return;
        }
        changed.run();
        promise.setSuccess(listener.address());
    }

    /** Accepts nothing more; done when no socket listens any more but those that carry connections. */
    Future<Void> stop() {
        stops.incrementAndGet();
        List<Future<Void>> ends = new ArrayList<>();
        open.forEach(listener -> ends.add(stop(listener)));
        changed.run();
        return Futures.whenAll(ends);
    }

    private Future<Void> stop(Listener listener) {
        listener.accepting().set(false);
        open.remove(listener);
        mute.add(listener);
        listener.channel().closeFuture().addListener(_ -> mute.remove(listener));
        return listener.carrier().stopListening(listener.channel());
    }

    /** Closes all sockets, with what they carry, and lets no more be opened. */
    List<Future<Void>> close() {
        closed = true;
        List<Future<Void>> ends = new ArrayList<>();
        open.forEach(listener -> ends.add(listener.channel().close()));
        mute.forEach(listener -> ends.add(listener.channel().close()));
        return ends;
    }

    /** Where it listens. */
    List<Multiaddr> addresses() {
        return open.stream()
                .map(Listener::address)
                .distinct()
                .sorted(Comparator.comparing(Multiaddr::toString))
                .toList();
    }
}
