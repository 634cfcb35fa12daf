package proteus.bootstrap.peer;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.perf.PerfClient;
import proteus.adapters.libp2p.engine.perf.PerfProtocol;
import proteus.adapters.libp2p.engine.perf.PerfResult;
import proteus.adapters.libp2p.engine.ping.PingFailedException;
import proteus.adapters.libp2p.engine.ping.PingListener;
import proteus.adapters.libp2p.engine.ping.PingProtocol;
import proteus.adapters.libp2p.engine.ping.PingSettings;
import proteus.adapters.libp2p.engine.ping.Pinger;

/**
 * Dials a remote peer, tries one operation on it, and says what came out as members of a JSON object.
 *
 * <p>Blocks the thread that calls it.
 */
final class Trial {

    private static final int STREAM_BYTES = 64 * 1024;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

    private final Host host;
    private final Request request;
    private final long begun = System.nanoTime();

    /**
     * What to try.
     *
     * @param bytes for echo and perf
     * @param count of pings, streams, or transfers of perf
     * @param patience for the whole of it
     */
    record Request(Multiaddr address, Operation operation, long bytes, int count, Duration patience) {}

    Trial(Host host, Request request) {
        this.host = host;
        this.request = request;
    }

    Map<String, Object> run() throws PeerFailedException, InterruptedException {
        Connection connection = await(host.dial(List.of(request.address())));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("op", request.operation().text());
        switch (request.operation()) {
            case IDENTIFY -> identify(connection, result);
            case PING -> result.put("ms", pings(connection, request.count()));
            case ECHO -> {
                echo(connection, request.bytes());
                result.put("ok", true);
                result.put("bytes", request.bytes());
            }
            case PERF_UP -> perfs(connection, request.bytes(), 0, result);
            case PERF_DOWN -> perfs(connection, 0, request.bytes(), result);
            case STREAMS -> {
                streams(connection, request.count());
                result.put("ok", true);
                result.put("streams", request.count());
            }
            case RTT -> {
                CompletableFuture<Long> back = new CompletableFuture<>();
                await(connection.open(
                        List.of(EchoResponder.PROTOCOL),
                        stream -> stream.channel().pipeline().addLast(new OneByte(back))));
                result.put("ms", millis(await(back) - begun));
            }
            case RESET -> {
                resetOwn(connection);
                EndOfInput.Kind end = beReset(connection);
                pings(connection, 1);
                result.put("ok", end == EndOfInput.Kind.RESET);
                result.put("remoteReset", end == EndOfInput.Kind.RESET ? "reset" : "end");
            }
        }
        return result;
    }

    private void identify(Connection connection, Map<String, Object> result)
            throws PeerFailedException, InterruptedException {
        IdentifyInfo info = await(connection.identified());
        result.put("peer", connection.remotePeer().toString());
        result.put("agent", info.agentVersion().orElse(""));
        result.put("protocolVersion", info.protocolVersion().orElse(""));
        result.put("protocols", info.protocols());
        result.put(
                "listenAddrs",
                info.listenAddresses().stream().map(Multiaddr::toString).toList());
        result.put(
                "observedAddr", info.observedAddress().map(Multiaddr::toString).orElse(""));
        result.put("transport", connection.transport());
        result.put("security", connection.security());
        result.put("muxer", connection.muxer());
    }

    private List<Double> pings(Connection connection, int count) throws PeerFailedException, InterruptedException {
        CompletableFuture<List<Double>> all = new CompletableFuture<>();
        List<Double> times = new ArrayList<>();
        CompletableFuture<Pinger> started = new CompletableFuture<>();
        PingListener listener = new PingListener() {
            @Override
            public void ponged(long roundTripNanos) {
                times.add(millis(roundTripNanos));
                if (times.size() == count) {
                    all.complete(List.copyOf(times));
                } else {
                    started.join().ping();
                }
            }

            @Override
            public void ended(PingFailedException why) {
                all.completeExceptionally(why);
            }
        };
        Pinger pinger = new Pinger(new PingSettings(Optional.empty(), PING_TIMEOUT), new SecureRandom(), listener);
        started.complete(pinger);
        Stream stream = await(connection.open(
                List.of(PingProtocol.ID), opened -> opened.channel().pipeline().addLast(pinger)));
        pinger.ping();
        List<Double> result = await(all);
        var _ = stream.channel().close();
        return result;
    }

    private void echo(Connection connection, long bytes) throws PeerFailedException, InterruptedException {
        await(startEcho(connection, bytes, 1));
    }

    private static CompletableFuture<Void> startEcho(Connection connection, long bytes, long seed) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        connection
                .open(
                        List.of(EchoResponder.PROTOCOL),
                        stream -> stream.channel()
                                .pipeline()
                                .addLast(new EchoClient(bytes, new SplittableRandom(seed), outcome)))
                .addListener(opened -> {
                    if (!opened.isSuccess()) {
                        outcome.completeExceptionally(opened.cause());
                    }
                });
        return outcome;
    }

    private void streams(Connection connection, int count) throws PeerFailedException, InterruptedException {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(startEcho(connection, STREAM_BYTES, i));
        }
        for (CompletableFuture<Void> one : all) {
            await(one);
        }
    }

    /** The last transfer counts: by then both ends are warm. */
    private void perfs(Connection connection, long up, long down, Map<String, Object> result)
            throws PeerFailedException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        double seconds = 0;
        while (rates.size() < request.count()) {
            seconds = perf(connection, up, down);
            rates.add((up + down) * 8 / 1e6 / seconds);
        }
        result.put("bytes", up + down);
        result.put("seconds", seconds);
        result.put("mbps", rates.getLast());
        if (rates.size() > 1) {
            result.put("all", rates);
        }
    }

    private double perf(Connection connection, long up, long down) throws PeerFailedException, InterruptedException {
        Promise<PerfResult> outcome = GlobalEventExecutor.INSTANCE.newPromise();
        await(connection.open(
                List.of(PerfProtocol.ID),
                stream -> stream.channel().pipeline().addLast(new PerfClient(up, down, outcome))));
        PerfResult measured = await(outcome);
        return (measured.uploadNanos() + measured.downloadNanos()) / 1e9;
    }

    private void resetOwn(Connection connection) throws PeerFailedException, InterruptedException {
        CompletableFuture<EndOfInput.Kind> end = new CompletableFuture<>();
        Stream stream = await(connection.open(
                List.of(EchoResponder.PROTOCOL),
                opened -> opened.channel().pipeline().addLast(new EndOfInput(end))));
        await(stream.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[STREAM_BYTES])));
        stream.reset();
    }

    /** How the end of a stream looks that the remote was to reset; some implementations end it in order. */
    private EndOfInput.Kind beReset(Connection connection) throws PeerFailedException, InterruptedException {
        CompletableFuture<EndOfInput.Kind> end = new CompletableFuture<>();
        Stream stream = await(connection.open(
                List.of(ResetResponder.PROTOCOL),
                opened -> opened.channel().pipeline().addLast(new EndOfInput(end))));
        var _ = stream.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));
        EndOfInput.Kind kind = await(end);
        if (kind == EndOfInput.Kind.BYTES) {
            throw new PeerFailedException("a stream that the remote was to reset brought bytes");
        }
        return kind;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private <T> T await(Future<T> future) throws PeerFailedException, InterruptedException {
        long left = request.patience().toNanos() - (System.nanoTime() - begun);
        try {
            return future.get(left, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new PeerFailedException(text(failed.getCause() == null ? failed : failed.getCause()), failed);
        } catch (TimeoutException late) {
            future.cancel(true);
            throw new PeerFailedException(
                    "not done within " + request.patience().toSeconds() + " s", late);
        }
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
