package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.ClientAuth;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.security.tls.CertificateRules;
import proteus.adapters.libp2p.engine.security.tls.Libp2pCertificate;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust;

/**
 * Listens and dials by QUIC version 1, as libp2p uses it.
 *
 * <p>A listener has one socket and one event loop for all its connections. Each dial has a socket of its own, for Netty
 * cannot dial from the socket of a listener; it is closed when the dial fails or is cancelled, and with its connection.
 *
 * <p>Safe for use by many threads.
 */
public final class QuicTransport {

    private static final String PROTOCOL = "libp2p";
    private static final int DATAGRAMS_AT_A_TIME = 64;
    private static final int SECRET_BYTES = 32;

    private final QuicSettings settings;
    private final EventLoopGroup loops;
    private final QuicSockets socketKind;
    private final InstantSource clock;
    private final SecureRandom random;
    private final PeerTrust trust;
    private final QuicSslContext dialler;
    private final QuicSslContext listener;
    private final byte[] tokenSecret = new byte[SECRET_BYTES];
    private final AtomicInteger sockets = new AtomicInteger();

    /**
     * A transport that proves to be {@code identity}.
     *
     * @param loops serve the sockets
     * @param socketKind how sockets are made; {@link QuicSockets#nio} unless something else was measured to be worth it
     * @param clock says whether certificates and tokens are valid
     * @param random makes keys, connection ids and secrets
     */
    public QuicTransport(
            QuicSettings settings,
            Identity identity,
            EventLoopGroup loops,
            QuicSockets socketKind,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.loops = loops;
        this.socketKind = socketKind;
        this.clock = clock;
        this.random = random;
        random.nextBytes(tokenSecret);
        trust = new PeerTrust(new CertificateRules(clock));
        Libp2pCertificate own = Libp2pCertificate.create(identity, random);
        dialler = configured(QuicSslContextBuilder.forClient()
                .keyManager(own.key(), null, own.certificate())
                .endpointIdentificationAlgorithm(null));
        listener = configured(QuicSslContextBuilder.forServer(own.key(), null, own.certificate())
                .clientAuth(ClientAuth.REQUIRE));
    }

    private QuicSslContext configured(QuicSslContextBuilder builder) {
        return builder.trustManager(trust)
                .applicationProtocols(PROTOCOL)
                .option(BoringSSLContextOption.GROUPS, new String[] {"x25519", "secp256r1", "secp384r1"})
                .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, new String[] {
                    "ecdsa_secp256r1_sha256",
                    "ecdsa_secp384r1_sha384",
                    "ed25519",
                    "rsa_pss_rsae_sha256",
                    "rsa_pss_rsae_sha384",
                    "rsa_pss_rsae_sha512"
                })
                .build();
    }

    /**
     * Listens on {@code address}.
     *
     * @return done when it does; closing its channel ends the listener and all its connections
     */
    public ChannelFuture listen(InetSocketAddress address, QuicAcceptor acceptor) {
        return datagrams(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        PoliteClose channels = new PoliteClose();
                        QuicListener handshakes =
                                new QuicListener(settings, acceptor, trust, listener, channels, random);
                        RetryTokens tokens =
                                new RetryTokens(tokenSecret, settings.tokenLifetime(), clock, handshakes::isBusy);
                        ConnectionIds ids = new ConnectionIds(random);
                        socket.pipeline()
                                .addLast(new ReadBatches())
                                .addLast(new ForeignTokens(tokens, random))
                                .addLast(limited(new QuicServerCodecBuilder())
                                        .sslEngineProvider(handshakes::admit)
                                        .tokenHandler(tokens)
                                        .connectionIdAddressGenerator(ids)
                                        .resetTokenGenerator(ids)
                                        .option(
                                                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                                                socketKind.segments())
                                        .handler(new ChannelInitializer<QuicChannel>() {
                                            @Override
                                            protected void initChannel(QuicChannel channel) {
                                                // Its handler comes with its engine.
                                            }
                                        })
                                        .build())
                                .addLast(channels);
                    }
                })
                .group(loops)
                .bind(address);
    }

    /**
     * Closes {@code listener} as soon as it carries no connection.
     *
     * @return done when that is so, or when it carries one
     */
    public Future<Void> closeUnlessCarrying(Channel listener) {
        return channels(listener, (loop, channels, promise) -> {
            channels.closeWhenEmpty(listener);
            // In the next turn of the loop, for a selector may give up a closed socket no earlier.
            var _ = loop.schedule(() -> promise.trySuccess(null), 1, TimeUnit.NANOSECONDS);
        });
    }

    /**
     * Takes {@link #closeUnlessCarrying} back.
     *
     * @return fails if {@code listener} is closed
     */
    public Future<Void> keep(Channel listener) {
        return channels(listener, (loop, channels, promise) -> {
            if (channels.keepOpen()) {
                promise.trySuccess(null);
            } else {
                var _ = loop.schedule(() -> promise.tryFailure(new ClosedChannelException()), 1, TimeUnit.NANOSECONDS);
            }
        });
    }

    private interface OfListener {
        void run(EventLoop loop, PoliteClose channels, Promise<Void> promise);
    }

    /** Runs {@code task} on the loop of {@code listener}; a listener whose loop has ended is closed. */
    private static Future<Void> channels(Channel listener, OfListener task) {
        Promise<Void> promise = GlobalEventExecutor.INSTANCE.newPromise();
        EventLoop loop = listener.eventLoop();
        PoliteClose channels = listener.pipeline().get(PoliteClose.class);
        try {
            loop.execute(() -> task.run(loop, channels, promise));
        } catch (RejectedExecutionException loopHasEnded) {
            promise.tryFailure(new ClosedChannelException());
        }
        return promise;
    }

    /**
     * Dials {@code remote}.
     *
     * @param expected whom the remote must prove to be, if that is known
     * @param streams fills the pipeline of each stream that the remote opens; must be sharable
     * @return the connection; fails with a {@code SecurityFailedException}, or with an {@code IOException} if the remote
     *     is not there. Cancelling it ends the dial and closes its socket
     */
    public Future<QuicConnection> dial(InetSocketAddress remote, Optional<PeerId> expected, ChannelHandler streams) {
        return dial(remote, expected, streams, _ -> {});
    }

    /**
     * The same, for who must know before the remote's first stream comes.
     *
     * @param done is told how it went, on the event loop of the connection
     */
    public Future<QuicConnection> dial(
            InetSocketAddress remote,
            Optional<PeerId> expected,
            ChannelHandler streams,
            GenericFutureListener<Future<QuicConnection>> done) {
        EventLoop loop = loops.next();
        Promise<QuicConnection> promise = loop.newPromise();
        promise.addListener(done);
        QuicDial dial = new QuicDial(
                settings,
                remote,
                socketKind,
                streams,
                promise,
                channel -> {
                    QuicSslEngine engine = dialler.newEngine(channel.alloc());
                    return new QuicDial.Watched(engine, trust.watch(engine, expected));
                },
                engines -> limited(new QuicClientCodecBuilder())
                        .sslEngineProvider(engines)
                        .build());
        ChannelFuture connecting = datagrams(dial).group(loop).connect(remote);
        Channel socket = connecting.channel();
        connecting.addListener(connected -> {
            @Nullable Throwable cause = connected.cause();
            if (cause != null) {
                promise.tryFailure(cause);
            }
        });
        promise.addListener(ended -> {
            if (!ended.isSuccess()) {
                // Not at once: Netty may be in the midst of sending the alert that says why.
                socket.eventLoop().execute(() -> {
                    var _ = socket.close();
                });
            }
        });
        return promise;
    }

    /** How many UDP sockets this transport has open. */
    public int openSockets() {
        return sockets.get();
    }

    private Bootstrap datagrams(ChannelHandler handler) {
        FixedRecvByteBufAllocator reads = new FixedRecvByteBufAllocator(socketKind.readBytes(settings.udpPayload()));
        reads.maxMessagesPerRead(DATAGRAMS_AT_A_TIME);
        return new Bootstrap()
                .channelFactory(() -> {
                    DatagramChannel socket = socketKind.factory().newChannel();
                    sockets.incrementAndGet();
                    socket.closeFuture().addListener(_ -> sockets.decrementAndGet());
                    return socket;
                })
                .option(ChannelOption.RECVBUF_ALLOCATOR, reads)
                .option(ChannelOption.SO_RCVBUF, settings.socketBuffer())
                .option(ChannelOption.SO_SNDBUF, settings.socketBuffer())
                .handler(handler);
    }

    private <B extends QuicCodecBuilder<B>> B limited(B builder) {
        return builder.maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxRecvUdpPayloadSize(settings.udpPayload())
                .maxSendUdpPayloadSize(settings.udpPayload())
                .discoverPmtu(true)
                .initialMaxData(settings.connectionWindow())
                .initialMaxStreamDataBidirectionalLocal(settings.streamWindow())
                .initialMaxStreamDataBidirectionalRemote(settings.streamWindow())
                .initialMaxStreamsBidirectional(settings.inboundStreams())
                .initialMaxStreamsUnidirectional(0)
                .initialMaxStreamDataUnidirectional(0)
                .activeMigration(false)
                .congestionControlAlgorithm(settings.congestionControl());
    }
}
