package proteus.bootstrap.peer;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.IdentityFile;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.perf.PerfLimits;
import proteus.adapters.libp2p.engine.perf.PerfProtocol;
import proteus.adapters.libp2p.engine.perf.PerfServer;
import proteus.adapters.libp2p.engine.swarm.Swarm;

/** A libp2p peer of its own: it listens and serves, or dials and tries something out. */
public final class PeerTool implements AutoCloseable {

    private static final Duration PATIENCE_TO_LISTEN = Duration.ofSeconds(10);

    private final Host host;

    private PeerTool(Host host) {
        this.host = host;
    }

    /**
     * A peer that is a new one each time, or that of a file, which is made if it is not there.
     *
     * @param security what it offers on TCP
     * @throws PeerFailedException if the file is none or cannot be made
     */
    public static PeerTool start(Security security, Optional<Path> identityFile) throws PeerFailedException {
        HostSettings settings = HostSettings.builder(identity(identityFile))
                .security(List.of(security))
                .timeouts(HostSettings.Timeouts.STANDARD.withIdle(Duration.ZERO))
                .sources(SourceLimitSettings.defaults().withLoopbackExempt())
                .protocolVersion("proteus-peer/1.0.0")
                .agentVersion("proteus-peer")
                .build();
        return new PeerTool(Swarm.start(settings));
    }

    private static Identity identity(Optional<Path> file) throws PeerFailedException {
        if (file.isEmpty()) {
            return Identity.generate(new SecureRandom());
        }
        try {
            return new IdentityFile(file.get()).openOrCreate(new SecureRandom());
        } catch (IOException unreadable) {
            throw new PeerFailedException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /**
     * Listens at {@code address}, and serves identify, ping, perf, an echo and streams that are reset.
     *
     * @return where, with the own id
     * @throws PeerFailedException if it cannot listen there
     */
    public Multiaddr listen(Multiaddr address) throws PeerFailedException, InterruptedException {
        host.handle(
                PerfProtocol.ID,
                stream -> stream.channel()
                        .pipeline()
                        .addLast(new PerfServer(new PerfLimits(Long.MAX_VALUE, Long.MAX_VALUE))),
                KeepAlive.YES);
        host.handle(
                EchoResponder.PROTOCOL,
                stream -> stream.channel().pipeline().addLast(new EchoResponder()),
                KeepAlive.YES);
        host.handle(
                ResetResponder.PROTOCOL,
                stream -> stream.channel().pipeline().addLast(new ResetResponder(stream)),
                KeepAlive.YES);
        Future<Multiaddr> listening = host.listen(address);
        try {
            return listening
                    .get(PATIENCE_TO_LISTEN.toMillis(), TimeUnit.MILLISECONDS)
                    .withPeerId(host.peerId());
        } catch (ExecutionException | TimeoutException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new PeerFailedException("cannot listen at " + address + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * Dials {@code address}, tries {@code operation}, and hangs up.
     *
     * @param bytes for echo and perf, at least 1
     * @param count of pings or streams, at least 1
     * @param patience for the whole of it
     * @return what came out, as the members of a JSON object: text, numbers, truth values and lists of them
     * @throws PeerFailedException if it did not succeed
     */
    public Map<String, Object> dial(Multiaddr address, Operation operation, long bytes, int count, Duration patience)
            throws PeerFailedException, InterruptedException {
        return new Trial(host, new Trial.Request(address, operation, bytes, count, patience)).run();
    }

    @Override
    public void close() {
        host.close();
    }
}
