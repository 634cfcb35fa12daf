package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** The handshakes of one listener: lets them begin, counts them and ends them in time. On the event loop. */
final class QuicListener {

    private static final System.Logger LOG = System.getLogger(QuicListener.class.getName());

    private final QuicSettings settings;
    private final QuicAcceptor acceptor;
    private final PeerTrust trust;
    private final QuicSslContext context;
    private final PoliteClose channels;
    private final SecureRandom random;
    private int underWay;

    QuicListener(
            QuicSettings settings,
            QuicAcceptor acceptor,
            PeerTrust trust,
            QuicSslContext context,
            PoliteClose channels,
            SecureRandom random) {
        this.settings = settings;
        this.acceptor = acceptor;
        this.trust = trust;
        this.context = context;
        this.channels = channels;
        this.random = random;
    }

    /** Whether so many handshakes are under way that a dialler must prove its address first. */
    boolean isBusy() {
        return underWay >= settings.calmHandshakes();
    }

    /**
     * The engine for a handshake that may begin. Called before the channel is registered.
     *
     * @throws RefusedException if it may not; the codec forgets the channel then, and answers nothing
     */
    QuicSslEngine admit(QuicChannel channel) {
        InetSocketAddress remote = remote(channel);
        if (underWay >= settings.handshakes() || !acceptor.admits(remote)) {
            throw new RefusedException();
        }
        forgetTickets();
        QuicSslEngine engine = context.newEngine(channel.alloc());
        QuicHandshake handshake = new QuicHandshake(
                Role.LISTENER,
                remote,
                settings.resetStreams(),
                QuicHandshake.Outcome.of(this::secured, why -> failed(remote, why)));
        handshake.watchedBy(trust.watch(engine, Optional.empty()));
        underWay++;
        channel.pipeline().addLast(handshake);
        channels.add(channel);
        endInTime(channel, handshake);
        return engine;
    }

    // A resumed session would skip the certificates. BoringSSL gives tickets out, and Netty has no switch for that, so
    // none is recognised by the time it could be shown.
    private void forgetTickets() {
        context.sessionContext().setTicketKeys(new SslSessionTicketKey(bytes(), bytes(), bytes()));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[SslSessionTicketKey.NAME_SIZE];
        random.nextBytes(bytes);
        return bytes;
    }

    private ChannelHandler secured(QuicConnection connection) {
        underWay--;
        return acceptor.secured(connection);
    }

    private void failed(InetSocketAddress remote, Throwable why) {
        underWay--;
        LOG.log(System.Logger.Level.DEBUG, "peer {0}: QUIC handshake failed: {1}", remote, why.getMessage());
        acceptor.failed(
                remote,
                why instanceof SecurityFailedException failure
                        ? failure
                        : new SecurityFailedException(Reason.MALFORMED, String.valueOf(why.getMessage()), why));
    }

    private void endInTime(QuicChannel channel, QuicHandshake handshake) {
        var _ = channel.parent()
                .eventLoop()
                .schedule(
                        () -> {
                            if (handshake.failed(QuicFailures.tooSlow()) && channel.isRegistered()) {
                                var _ = channel.close();
                            }
                        },
                        settings.handshakeTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static InetSocketAddress remote(QuicChannel channel) {
        if (channel.remoteSocketAddress() instanceof InetSocketAddress remote) {
            return remote;
        }
        throw new IllegalStateException("a QUIC channel from nowhere");
    }

    /** Tells the codec, which only logs it; made often, so without a stack. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        RefusedException() {
            super("not admitted", null, false, false);
        }
    }
}
